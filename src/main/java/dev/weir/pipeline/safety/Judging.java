package dev.weir.pipeline.safety;

import dev.weir.event.Event.Verdict.Decision;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How one branch is judged.
 *
 * @param window the most characters that are judged at once, and as many before them are the context
 * @param limit how long a judgement may take
 * @param threshold from this score on something counts, 0 to 1
 * @param release whether text that could not be judged is shown
 */
record Judging(
        BranchContext branch,
        Judge judge,
        int window,
        Duration limit,
        double threshold,
        boolean release,
        PromptPart prompts,
        String message) {

    /** The rule for what could not be judged. */
    static final String UNJUDGED = "unjudged";

    static final String UNJUDGED_MESSAGE =
            "This could not be checked against the rules for content of this place, so it was ended here. Please try again"
                    + " later.";

    private static final int LEAST_WINDOW = 20;
    private static final int MOST_SECONDS = 600;
    static final int MOST_WINDOW = 20_000;

    static List<Setting> settings() {
        return List.of(
                Setting.number("window", 400, "The most UTF-16 characters that are judged at once"),
                Setting.number("limit", 10, "How long a judgement may take, in seconds"),
                Setting.number("threshold", 50, "How certain the judge must be, in per cent"),
                Setting.choice("unjudged", "block", "What to do when no judgement comes in time", "block", "release"),
                PromptPart.setting(),
                Setting.text("message", SafetyLists.MESSAGE, "What the user is told when something is blocked"));
    }

    /**
     * Reads the branch's settings.
     *
     * @throws IllegalArgumentException when one of them can't be understood
     */
    static Judging of(BranchContext branch, Judge judge) {
        return new Judging(
                branch,
                judge,
                number(branch, "window", 400, LEAST_WINDOW, MOST_WINDOW),
                Duration.ofSeconds(number(branch, "limit", 10, 1, MOST_SECONDS)),
                number(branch, "threshold", 50, 0, 100) / 100.0,
                oneOf(branch, "unjudged", "block", "release").equals("release"),
                PromptPart.of(branch.setting(PromptPart.KEY, PromptPart.NEWEST.word())),
                branch.setting("message", SafetyLists.MESSAGE));
    }

    /** What is wrong with the value of a setting. */
    static Optional<String> problem(String key, String value) {
        try {
            switch (key) {
                case "window" -> number(value.strip(), key, LEAST_WINDOW, MOST_WINDOW);
                case "limit" -> number(value.strip(), key, 1, MOST_SECONDS);
                case "threshold" -> number(value.strip(), key, 0, 100);
                default -> {}
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static int number(BranchContext branch, String key, int byDefault, int least, int most) {
        return number(branch.setting(key, Integer.toString(byDefault)).strip(), key, least, most);
    }

    private static int number(String value, String key, int least, int most) {
        if (!value.matches("\\d{1,6}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw new IllegalArgumentException(
                    "“%s” is nothing that %s can be; write a number from %d to %d.".formatted(value, key, least, most));
        }
        return Integer.parseInt(value);
    }

    /** The first word is the default. */
    static String oneOf(BranchContext branch, String key, String byDefault, String other) {
        String value = branch.setting(key, byDefault).strip();
        if (!value.equals(byDefault) && !value.equals(other)) {
            throw new IllegalArgumentException(
                    "“%s” is nothing that %s can be; write %s or %s.".formatted(value, key, byDefault, other));
        }
        return value;
    }

    /** Has a text judged; what comes too late fails. */
    Pending begin(String context, String text) {
        String known = context.substring(Math.max(0, context.length() - window));
        return new Pending(judge.judge(known, text).orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Waits for a judgement, or until nobody waits for the branch any more; false for the latter. */
    boolean await(Pending verdict) {
        return branch.await(verdict.judgement(), limit.plusSeconds(5));
    }

    boolean enforced() {
        return branch.mode() == Mode.ENFORCE;
    }

    /** The rule that a text goes against, or empty when it may be shown. To be called when the judgement is there. */
    String rule(Pending verdict) {
        if (verdict.failed()) {
            if (release) {
                branch.verdict(Decision.PASSED, UNJUDGED);
            }
            return release ? "" : UNJUDGED;
        }
        Judge.Judgement judgement = verdict.judgement().join();
        boolean counts = !judgement.category().isEmpty() && judgement.score() >= threshold;
        return counts ? judgement.category() : "";
    }

    String reason(String rule) {
        return rule.equals(UNJUDGED) ? UNJUDGED_MESSAGE : message;
    }
}
