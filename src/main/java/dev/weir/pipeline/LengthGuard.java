package dev.weir.pipeline;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Cuts an answer that gets too long. Setting {@code max-characters}: the most UTF-16 characters of one answer, what it
 * had before it was continued included; default 200,000. What comes after it decides about what it holds before the cut, as
 * at the end of an answer.
 */
@ApplicationScoped
@Priority(1000)
public class LengthGuard implements StreamInterceptor {

    private static final String RULE = "max-characters";
    private static final int DEFAULT = 200_000;

    @Override
    public String name() {
        return "length";
    }

    @Override
    public int maxHeld() {
        return 1;
    }

    /** A translation may be longer than its answer. */
    @Override
    public boolean isForAnswersOnly() {
        return true;
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.number(RULE, DEFAULT, "The most UTF-16 characters of one answer"));
    }

    @Override
    public Optional<String> problem(String key, String value) {
        return value.length() < 10
                ? Optional.empty()
                : Optional.of("The most that can be set is 999,999,999 characters.");
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        int most =
                Integer.parseInt(branch.setting(RULE, Integer.toString(DEFAULT)).strip());
        return new Counting(
                branch, next, most, Math.max(0, most - branch.textBefore().length()));
    }

    private static final class Counting implements Stage {
        private final BranchContext branch;
        private final Stage next;
        private final int most;
        private long left;
        private boolean over;

        /** The first half of a surrogate pair whose second half has not come yet. */
        private String half = "";

        Counting(BranchContext branch, Stage next, int most, long left) {
            this.branch = branch;
            this.next = next;
            this.most = most;
            this.left = left;
        }

        @Override
        public void delta(String text) {
            String whole = half + text;
            int end = whole.length() - (Character.isHighSurrogate(whole.charAt(whole.length() - 1)) ? 1 : 0);
            half = whole.substring(end);
            if (end > 0) {
                take(whole.substring(0, end));
            }
        }

        private void take(String text) {
            if (over) {
                passOver(text);
            } else if (text.length() <= left) {
                left -= text.length();
                next.delta(text);
            } else {
                over = true;
                exceed(text);
            }
        }

        private void exceed(String text) {
            if (branch.mode() == Mode.ENFORCE) {
                cut(text);
            } else {
                branch.block(RULE, "");
                next.delta(text);
            }
        }

        private void passOver(String text) {
            if (branch.mode() != Mode.ENFORCE) {
                next.delta(text);
            }
        }

        private void cut(String text) {
            int end = (int) left;
            if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            if (end > 0) {
                next.delta(text.substring(0, end));
            }
            if (!branch.sealed()) {
                next.end();
            }
            branch.block(RULE, "The answer was cut at %,d characters, the most that is allowed here.".formatted(most));
        }

        @Override
        public void end() {
            if (!half.isEmpty()) {
                take(half);
            }
            if (!over || branch.mode() != Mode.ENFORCE) {
                next.end();
            }
        }
    }
}
