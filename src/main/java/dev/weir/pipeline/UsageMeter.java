package dev.weir.pipeline;

import dev.weir.event.Event.ToolCall;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Counts output tokens while they stream, as an estimate that the turn replaces by the provider's own figures at the
 * end. Counts text up to the last word boundary exactly once; the open word is counted at the end, or when it gets long.
 */
@ApplicationScoped
@Priority(100)
public class UsageMeter implements StreamInterceptor {

    private static final int LONGEST_WORD = 512;

    @Override
    public String name() {
        return "meter";
    }

    @Override
    public Place place() {
        return Place.MODEL;
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        return new Counting(branch, next);
    }

    private static final class Counting implements Stage {
        private final BranchContext branch;
        private final Stage next;
        private final StringBuilder open = new StringBuilder();
        private long tokens;

        Counting(BranchContext branch, Stage next) {
            this.branch = branch;
            this.next = next;
        }

        @Override
        public void delta(String text) {
            open.append(text);
            int boundary = boundary();
            if (boundary > 0) {
                count(boundary);
            }
            next.delta(text);
        }

        /** Where the last word begins: tokens take the space before a word with them. */
        private int boundary() {
            if (open.length() > LONGEST_WORD) {
                int end = open.length();
                return Character.isHighSurrogate(open.charAt(end - 1)) ? end - 1 : end;
            }
            int at = open.length() - 1;
            while (at > 0 && !Character.isWhitespace(open.charAt(at))) {
                at--;
            }
            while (at > 0 && Character.isWhitespace(open.charAt(at - 1))) {
                at--;
            }
            return at;
        }

        private void count(int end) {
            tokens += Tokens.count(open.substring(0, end));
            open.delete(0, end);
            branch.outputTokens(tokens + (open.isEmpty() ? 0 : 1));
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
                count(open.length());
            }
        }
    }
}
