package dev.weir.admin;

import dev.weir.pipeline.InForce;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Place;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.Setting;
import dev.weir.pipeline.Tuning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An interceptor as the page shows it.
 *
 * @param id for the elements of the page
 * @param place a {@link Place}, in lower case
 * @param maxHeld the most characters it holds back
 * @param locked whether the scope that is shown locks it for narrower ones
 * @param idle true when it is not off and yet does not run, for it lacks a setting that it needs
 * @param lockedBy who has locked it for this scope, in words; empty for nobody
 */
public record Station(
        String name,
        String id,
        String place,
        int maxHeld,
        Field mode,
        List<Field> fields,
        boolean locked,
        boolean idle,
        String lockedBy) {

    public Station {
        fields = List.copyOf(fields);
    }

    /**
     * A mode or a setting.
     *
     * @param name under which it is sent
     * @param kind a {@link Setting.Kind}, in lower case
     * @param value what is in force, or was just sent
     * @param inherited what would be in force if the scope did not say it
     * @param from where that comes from, in words
     * @param own whether the scope says it itself
     * @param editable false when it is locked from above
     * @param problem what is wrong with what was just sent; empty when nothing is
     */
    public record Field(
            String id,
            String name,
            String label,
            String kind,
            String value,
            String inherited,
            String from,
            boolean own,
            boolean editable,
            List<Choice> choices,
            String problem) {

        /** The inherited value in a few words. */
        public String brief() {
            if (choices.isEmpty()) {
                int lines = (int) inherited.lines().count();
                return inherited.isEmpty() ? "empty" : kind.equals("lines") ? lines + " lines" : inherited;
            }
            return choices.stream()
                    .filter(it -> it.value().equals(inherited))
                    .findFirst()
                    .map(Choice::label)
                    .orElse(inherited);
        }

        /** The value in words, for those who only look. */
        public String words() {
            return choices.stream()
                    .filter(Choice::chosen)
                    .findFirst()
                    .map(Choice::label)
                    .orElse(value.isEmpty() ? "empty" : value);
        }
    }

    /** One of the values that can be chosen. */
    public record Choice(String value, String label, boolean chosen) {}

    public String getPlaceWords() {
        return switch (Place.valueOf(place.toUpperCase(Locale.ROOT))) {
            case MODEL -> "next to the model";
            case MIDDLE -> "";
            case LOG -> "next to the log";
        };
    }

    /** Makes what is shown out of what a scope inherits, what it says, and what is wrong with that. */
    record Maker(Scope.Kind scope, Plan plan, Policy own, Map<String, String> problems) {

        Station station(InForce inherited) {
            String name = inherited.name();
            Tuning tuning = own.of(name);
            List<Field> fields = new ArrayList<>();
            for (Setting setting : inherited.interceptor().settings()) {
                fields.add(field(inherited, setting, tuning));
            }
            return new Station(
                    name,
                    id(name),
                    inherited.interceptor().place().name().toLowerCase(Locale.ROOT),
                    inherited.interceptor().maxHeld(),
                    mode(inherited, tuning),
                    fields,
                    tuning.locked().orElse(inherited.isLockedIn(scope)),
                    plan.find(name)
                            .filter(it -> it.mode() != Mode.OFF && !it.runs())
                            .isPresent(),
                    inherited.lockedFor(scope).map(ScopeChoice::words).orElse(""));
        }

        private Field mode(InForce inherited, Tuning tuning) {
            boolean locked = inherited.lockedFor(scope).isPresent();
            Mode mode = tuning.mode()
                    .filter(it -> !locked || it.isStricterThan(inherited.mode()))
                    .orElse(inherited.mode());
            List<Choice> choices = Arrays.stream(Mode.values())
                    .filter(it -> !locked || !inherited.mode().isStricterThan(it))
                    .map(it -> new Choice(it.word(), words(it), it == mode))
                    .toList();
            return new Field(
                    "mode-" + id(inherited.name()),
                    PolicyForm.mode(inherited.name()),
                    "Mode",
                    "choice",
                    mode.word(),
                    inherited.mode().word(),
                    ScopeChoice.words(inherited.modeFrom()),
                    tuning.mode().isPresent(),
                    choices.size() > 1,
                    choices,
                    problem(PolicyForm.mode(inherited.name())));
        }

        private Field field(InForce inherited, Setting setting, Tuning tuning) {
            boolean free = inherited.lockedFor(scope).isEmpty();
            boolean own = free && tuning.settings().containsKey(setting.key());
            String before = inherited.value(setting);
            String value = own ? tuning.settings().getOrDefault(setting.key(), "") : before;
            String name = PolicyForm.setting(inherited.name(), setting.key());
            return new Field(
                    "set-" + id(inherited.name()) + "-" + id(setting.key()),
                    name,
                    setting.label(),
                    setting.kind().name().toLowerCase(Locale.ROOT),
                    value,
                    before,
                    ScopeChoice.words(inherited.from(setting.key())),
                    own,
                    free,
                    choices(setting, value),
                    problem(name));
        }

        private static List<Choice> choices(Setting setting, String value) {
            return switch (setting.kind()) {
                case CHOICE ->
                    setting.choices().stream()
                            .map(it -> new Choice(it, it, it.equals(value)))
                            .toList();
                case SWITCH ->
                    List.of(
                            new Choice("true", "on", value.equals("true")),
                            new Choice("false", "off", !value.equals("true")));
                case TEXT, LINES, NUMBER -> List.of();
            };
        }

        private String problem(String field) {
            return problems.getOrDefault(field, "");
        }

        private static String words(Mode mode) {
            return switch (mode) {
                case ENFORCE -> "enforce: it acts";
                case REPORT -> "report: it only says what it would do";
                case OFF -> "off: it does not run";
            };
        }

        /** Fit for an id in the page. */
        private static String id(String name) {
            return name.replaceAll("[^A-Za-z0-9-]", "_");
        }
    }
}
