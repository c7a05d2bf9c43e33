package dev.weir.pipeline;

import dev.weir.event.Event.ToolCall;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Counts output tokens while they stream, as an estimate that the turn replaces by the provider's own figures at the
 * end. Counts each word once, as soon as it is whole. The sum is what the vocabulary makes of the whole text: a space after
 * something else always begins a piece that is counted by itself. Only what has no such space for {@link #LONGEST_WORD}
 * characters is cut elsewhere, which adds a token at most.
 */
@ApplicationScoped
@Priority(100)
public class UsageMeter implements StreamInterceptor {

    private static final int LONGEST_WORD = 512;
    private static final KnownTokens KNOWN = new KnownTokens();

    /** Forgets the words whose counts are remembered: they are of people's texts. */
    public static void forgetWords() {
        KNOWN.forget();
    }

    @Override
    public String name() {
        return "meter";
    }

    @Override
    public Place place() {
        return Place.MODEL;
    }

    @Override
    public boolean isLockedAtFirst() {
        return true;
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        return new Counting(branch, next);
    }

    private static final class Counting implements Stage {
        private final BranchContext branch;
        private final Stage next;
        /** What has not been counted: a word, with the space before it. */
        private final StringBuilder open = new StringBuilder();

        private long tokens;

        Counting(BranchContext branch, Stage next) {
            this.branch = branch;
            this.next = next;
        }

        @Override
        public void delta(String text) {
            int at = Math.max(1, open.length());
            open.append(text);
            int counted = 0;
            for (; at < open.length(); at++) {
                if (open.charAt(at) == ' ' && isSolid(open.charAt(at - 1))) {
                    count(counted, at);
                    counted = at;
                }
            }
            if (open.length() - counted > LONGEST_WORD) {
                int end = wholeEnd();
                count(counted, end);
                counted = end;
            }
            if (counted > 0) {
                open.delete(0, counted);
                branch.outputTokens(tokens + (open.isEmpty() ? 0 : 1));
            }
            next.delta(text);
        }

        /** Whether this is surely no kind of space. */
        private static boolean isSolid(char c) {
            return c > ' ' && (c < 0x7f || (c > 0xa0 && !Character.isWhitespace(c) && !Character.isSpaceChar(c)));
        }

        private int wholeEnd() {
            int end = open.length();
            return Character.isHighSurrogate(open.charAt(end - 1)) ? end - 1 : end;
        }

        private void count(int from, int to) {
            tokens += KNOWN.count(open, from, to);
        }

        @Override
        public ToolCall toolCall(ToolCall call) {
            tokens += Tokens.count(call.name()) + Tokens.count(call.arguments());
            branch.outputTokens(tokens + (open.isEmpty() ? 0 : 1));
            return call;
        }

        @Override
        public void end() {
            countRest();
            next.end();
        }

        /** Also what came before a block is billed. */
        @Override
        public void closed() {
            countRest();
        }

        private void countRest() {
            if (!open.isEmpty()) {
                count(0, open.length());
                open.setLength(0);
                branch.outputTokens(tokens);
            }
        }
    }
}
