package dev.weir.pipeline.redact;

/**
 * Passwords in addresses: what stands between the first colon and the last {@code @} of the authority (RFC 3986, 3.2.1), as
 * in {@code postgres://user:password@host}. Only the password is removed. One of more than 256 characters is removed also
 * where no {@code @} came.
 */
final class UrlPasswordRecogniser implements Recogniser {

    private static final int USER = 128;

    private final Rule rule;

    UrlPasswordRecogniser(Rule rule) {
        this.rule = rule;
    }

    @Override
    public boolean begins(char c) {
        return c == '/';
    }

    @Override
    public boolean atWordStart(char c) {
        return false;
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    private final class Machine extends Scan {

        /** After the two slashes; {@link #NONE} when idle. */
        private int authority = NONE;

        /** Where the password begins. */
        private int from = NONE;

        private int at = NONE;
        private boolean endless;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int position) {
            if (authority == NONE) {
                begin(position);
            } else if (from == NONE) {
                user(c, position);
            } else {
                password(c, position);
            }
            return authority != NONE;
        }

        private void begin(int position) {
            boolean slashes = window.at(position - 1) == '/' && window.at(position - 2) == ':';
            if (slashes && Ascii.isLetterOrDigit(window.at(position - 3))) {
                authority = position + 1;
                from = NONE;
                at = NONE;
                endless = false;
            }
        }

        private void user(char c, int position) {
            if (c == ':') {
                from = position + 1;
            } else if (c == '@' || c == '[' || isAfter(c) || position - authority >= USER) {
                authority = NONE;
            }
        }

        private static boolean isAfter(char c) {
            return c <= ' ' || "/?#\"'`<>()".indexOf(c) >= 0 || Character.isWhitespace(c);
        }

        private void password(char c, int position) {
            if (isAfter(c)) {
                decide();
            } else if (c == '@') {
                at = position;
            }
            if (authority != NONE && position - from >= BOUND) {
                goOnWithoutEnd(position);
            }
        }

        private void goOnWithoutEnd(int position) {
            if (endless) {
                findings.more(rule, position, position + 1);
            } else {
                endless = true;
                findings.begun(rule, from, position + 1);
            }
        }

        private void decide() {
            if (!endless && at != NONE && at > from) {
                findings.found(rule, from, at);
            }
            authority = NONE;
            from = NONE;
        }

        @Override
        void end(int position) {
            boolean cut = !endless && from != NONE && at == NONE && position > from;
            if (cut && !window.text(from, position).chars().allMatch(it -> Ascii.isDigit((char) it))) {
                findings.found(rule, from, position);
                at = NONE;
            }
            decide();
        }

        @Override
        int undecidedFrom() {
            return endless ? NONE : from;
        }
    }
}
