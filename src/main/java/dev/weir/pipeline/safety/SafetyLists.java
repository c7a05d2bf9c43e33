package dev.weir.pipeline.safety;

import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Setting;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Ends answers and prompts in which a term or pattern of a list is found. What can be set is in {@code docs/safety.md}. */
@ApplicationScoped
@Priority(1100)
public class SafetyLists implements StreamInterceptor {

    static final String MESSAGE = "This was stopped here, because it goes against the rules for content of this place.";
    static final String SELF_HARM_MESSAGE = "This was stopped here. If you are thinking about harming yourself, you are"
            + " not alone: please talk to somebody you trust, or call an emergency or crisis line now (112 in Europe, 988"
            + " in the USA and Canada).";

    private static final int MOST_KEPT = 64;

    private final ConcurrentMap<Configuration, Rules> compiled = new ConcurrentHashMap<>();

    /**
     * What rules are compiled from.
     *
     * @param otherwise what is done about categories that only the lists name
     */
    private record Configuration(
            Map<String, Action> actions,
            Action otherwise,
            boolean builtIn,
            String terms,
            String patterns,
            String allowed) {

        Rules compile() {
            List<Entry> entries = new ArrayList<>();
            if (builtIn) {
                entries.addAll(Entry.read(Entry.Kind.TERM, resource("terms.txt")));
                entries.addAll(Entry.read(Entry.Kind.PATTERN, resource("patterns.txt")));
                entries.addAll(Entry.read(Entry.Kind.ALLOW, resource("allow.txt")));
            }
            entries.addAll(Entry.read(Entry.Kind.TERM, terms));
            entries.addAll(Entry.read(Entry.Kind.PATTERN, patterns));
            entries.addAll(Entry.read(Entry.Kind.ALLOW, allowed));
            return new Rules(actions, otherwise, entries);
        }
    }

    @Override
    public String name() {
        return "safety";
    }

    @Override
    public int maxHeld() {
        return Scan.MOST_HELD + 2;
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(Categories.settings());
        settings.addAll(List.of(
                Setting.onOff("built-in", true, "Use the lists that come with Weir"),
                Setting.lines("terms", "", "Own terms, “category: words” on each line; * where a word may go on"),
                Setting.lines("patterns", "", "Own patterns, “category: regular expression” on each line"),
                Setting.lines("allow", "", "Words and phrases that excuse a term inside them, one on each line"),
                PromptPart.setting(),
                Setting.text("message", MESSAGE, "What the user is told when something is blocked"),
                Setting.text("self-harm-message", SELF_HARM_MESSAGE, "The same for the category “self-harm”")));
        return List.copyOf(settings);
    }

    @Override
    public Optional<String> problem(String key, String value) {
        return switch (key) {
            case "terms" -> problem(Entry.Kind.TERM, value);
            case "patterns" -> problem(Entry.Kind.PATTERN, value);
            case "allow" -> problem(Entry.Kind.ALLOW, value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> problem(Entry.Kind kind, String lines) {
        try {
            Rules.check(Entry.read(kind, lines));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        Map<String, Action> actions = Categories.actions(branch);
        Map<String, Action> now = new LinkedHashMap<>(actions);
        if (branch.mode() != Mode.ENFORCE) {
            now.replaceAll((name, action) -> action == Action.OFF ? action : Action.REPORT);
        }
        return new SafetyStage(branch, next, rules(branch, now), actions);
    }

    private Rules rules(BranchContext branch, Map<String, Action> actions) {
        return rules(new Configuration(
                actions,
                branch.mode() == Mode.ENFORCE ? Action.BLOCK : Action.REPORT,
                !branch.setting("built-in", "true").strip().equalsIgnoreCase("false"),
                branch.setting("terms", ""),
                branch.setting("patterns", ""),
                branch.setting("allow", "")));
    }

    private Rules rules(Configuration configuration) {
        Rules known = compiled.get(configuration);
        if (known == null) {
            if (compiled.size() >= MOST_KEPT) {
                compiled.clear();
            }
            known = compiled.computeIfAbsent(configuration, Configuration::compile);
        }
        return known;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(SafetyLists.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
