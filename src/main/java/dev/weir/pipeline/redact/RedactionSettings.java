package dev.weir.pipeline.redact;

import dev.weir.pipeline.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The settings of redaction: their names, their defaults, and what is wrong with a value. */
final class RedactionSettings {

    static final String REGION = "region";
    static final String RECOGNISERS = "recognisers";
    static final String PROMPTS = "prompts";
    static final String RESTORE = "restore";
    static final String REDACT = "redact";
    private static final String[] ACTIONS = Arrays.stream(Action.values())
            .filter(it -> it != Action.RESTORE)
            .map(Action::word)
            .toArray(String[]::new);

    private RedactionSettings() {}

    static List<Setting> all() {
        List<Setting> all = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            all.add(Setting.choice(entity.key(), entity.byDefault().word(), entity.label(), ACTIONS));
        }
        all.add(Setting.text(
                REGION, "", "Region whose phone numbers count without a plus sign, as in US or DE; none when empty"));
        all.add(Setting.lines(
                RECOGNISERS,
                "",
                "Your own, one on each line: name; checksum: luhn; context: word, word; action: mask = expression"));
        all.add(Setting.choice(PROMPTS, "off", "What is done with prompts before a model gets them", "off", REDACT));
        all.add(Setting.onOff(RESTORE, true, "Turn the pseudonyms of a prompt back in its answer"));
        return List.copyOf(all);
    }

    /** What is wrong with a value, in a sentence for the administrator. */
    static Optional<String> problem(String key, String value) {
        try {
            check(key, value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static void check(String key, String value) {
        switch (key) {
            case REGION -> region(value);
            case RECOGNISERS -> CustomRecognisers.read(value);
            case PROMPTS -> oneOf(value, "off", REDACT);
            case RESTORE -> oneOf(value, "true", "false");
            default ->
                Arrays.stream(Entity.values())
                        .filter(it -> it.key().equals(key))
                        .forEach(it -> action(it, value));
        }
    }

    static void checkAll(Function<String, String> value) {
        all().forEach(it -> check(it.key(), value.apply(it.key())));
    }

    private static void region(String value) {
        if (!value.isBlank() && !PhoneRule.isRegion(value.strip())) {
            throw new IllegalArgumentException(
                    "\"" + value.strip() + "\" is no region; use the two letters of ISO 3166, such as US or DE.");
        }
    }

    private static void oneOf(String value, String... words) {
        if (!List.of(words).contains(value.strip())) {
            throw new IllegalArgumentException(
                    "\"" + value.strip() + "\" is not known; use " + String.join(" or ", words) + ".");
        }
    }

    static Action action(Entity entity, String word) {
        return Action.of(word)
                .orElseThrow(() -> new IllegalArgumentException("\"" + word.strip() + "\" is no action for "
                        + entity.key() + "; use label, mask, pseudonym, block, report or off."));
    }
}
