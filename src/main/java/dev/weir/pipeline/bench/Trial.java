package dev.weir.pipeline.bench;

import java.util.List;
import java.util.Optional;

/**
 * What a plan did with a text.
 *
 * @param question what would have been sent to the model; empty when there was no question
 * @param steps one for each delta that was taken, then one for the end of the text, unless it was blocked or failed before
 * @param text everything that was released
 * @param tokens as the meter counted them
 * @param ending why not all of it was taken; empty when it was
 */
public record Trial(String question, List<Step> steps, String text, long tokens, Optional<Ending> ending) {

    public Trial {
        steps = List.copyOf(steps);
    }

    /**
     * One delta.
     *
     * @param delta empty at the end of the text
     * @param released what readers saw because of it; may be empty
     * @param held what interceptors held after it; those that held nothing are left out
     */
    public record Step(String delta, String released, List<Held> held, List<Verdict> verdicts) {
        public Step {
            held = List.copyOf(held);
            verdicts = List.copyOf(verdicts);
        }
    }

    /**
     * What an interceptor had got and not passed on. Where it changes what it passes on this is as good as what goes in
     * and what comes out can be laid side by side.
     */
    public record Held(String interceptor, String text) {

        public int length() {
            return text.length();
        }
    }

    /** What a guard decided. */
    public record Verdict(String interceptor, String decision, String rule) {}

    /**
     * Why a text was not taken to its end.
     *
     * @param blocked true when a guard decided so, false when an interceptor failed
     * @param interceptor empty when it is not known
     * @param reason for the user, or what failed
     */
    public record Ending(boolean blocked, String interceptor, String reason) {}
}
