package dev.weir.pipeline.redact;

/**
 * Private keys: from {@code -----BEGIN … PRIVATE KEY-----} (RFC 7468; PGP: RFC 9580, 6.2) to the matching end, on lines, on
 * one line, or with line breaks written as in JSON. The key is certain once its first line is complete, so nothing of it
 * is held. It ends without its last line where something comes that is not of a key: a character that base64 and
 * headers don't have, or more than 64 characters of short words.
 */
final class PrivateKeyRecogniser implements Recogniser {

    private static final String BEGIN = "BEGIN ";
    private static final String END = "-----END";
    private static final int DASHES = 5;
    private static final int LABEL = 40;

    /** Words of so many characters are base64, not prose. */
    private static final int LONG_WORD = 16;

    private static final int SHORT_WORDS = 64;

    private final Rule rule;

    PrivateKeyRecogniser(Rule rule) {
        this.rule = rule;
    }

    @Override
    public boolean begins(char c) {
        return c == '-';
    }

    @Override
    public boolean atWordStart(char c) {
        return false;
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    private enum State {
        IDLE,
        DASHES,
        BEGIN,
        LABEL,
        LAST_DASHES,
        BODY,
        END
    }

    private final class Machine extends Scan {

        private State state = State.IDLE;

        /** Dashes one after the other, at most five; in the body how much of the last line's beginning is there. */
        private int matched;

        private int from;
        private int labelFrom;
        private int sure;
        private int wordFrom;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            state = switch (state) {
                case IDLE, DASHES -> dashes(c, at);
                case BEGIN -> begin(c, at);
                case LABEL -> label(c, at);
                case LAST_DASHES -> lastDashes(c, at);
                case BODY -> body(c, at);
                case END -> lastLine(c, at);
            };
            return state != State.IDLE;
        }

        private State dashes(char c, int at) {
            if (c == '-') {
                matched = state == State.IDLE ? 1 : Math.min(DASHES, matched + 1);
                from = at - matched + 1;
                return State.DASHES;
            }
            labelFrom = at;
            return matched == DASHES && c == BEGIN.charAt(0) ? State.BEGIN : State.IDLE;
        }

        private State again(char c, int at) {
            state = State.IDLE;
            return c == '-' ? dashes(c, at) : State.IDLE;
        }

        private State begin(char c, int at) {
            int index = at - labelFrom;
            if (c != BEGIN.charAt(index)) {
                return again(c, at);
            }
            return index < BEGIN.length() - 1 ? State.BEGIN : labelAt(at + 1);
        }

        private State labelAt(int at) {
            labelFrom = at;
            return State.LABEL;
        }

        private State label(char c, int at) {
            if (c == '-') {
                String label = window.text(labelFrom, at);
                matched = 1;
                return label.endsWith("PRIVATE KEY") || label.endsWith("PRIVATE KEY BLOCK")
                        ? State.LAST_DASHES
                        : again(c, at);
            }
            return isLabel(c) && at - labelFrom < LABEL ? State.LABEL : State.IDLE;
        }

        private static boolean isLabel(char c) {
            return (c >= 'A' && c <= 'Z') || c == ' ' || Ascii.isDigit(c);
        }

        private State lastDashes(char c, int at) {
            if (c != '-') {
                return State.IDLE;
            }
            if (++matched < DASHES) {
                return State.LAST_DASHES;
            }
            findings.begun(rule, from, at + 1);
            sure = at + 1;
            wordFrom = NONE;
            matched = 0;
            return State.BODY;
        }

        private State body(char c, int at) {
            if (isSpace(c)) {
                wordFrom = NONE;
                matched = 0;
                return at - sure < SHORT_WORDS ? State.BODY : State.IDLE;
            }
            if (!isBody(c)) {
                return State.IDLE;
            }
            wordFrom = wordFrom == NONE ? at : wordFrom;
            match(c);
            if (matched == END.length() || at - wordFrom >= LONG_WORD - 1) {
                findings.more(rule, sure, at + 1);
                sure = at + 1;
            }
            return matched == END.length() ? State.END : State.BODY;
        }

        private void match(char c) {
            if (c == '-') {
                matched = Math.min(DASHES, matched > DASHES ? 1 : matched + 1);
            } else {
                matched = matched >= DASHES && c == END.charAt(matched) ? matched + 1 : 0;
            }
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\n' || c == '\r' || c == '\t';
        }

        private static boolean isBody(char c) {
            return Ascii.isLetterOrDigit(c) || "+/=\\:,._-".indexOf(c) >= 0;
        }

        /** The label and the dashes after it; {@link #matched} counts what is left of those. */
        private State lastLine(char c, int at) {
            boolean label = matched == END.length() && isLabel(c);
            boolean dash = c == '-' && matched < END.length() + DASHES;
            if (!label && !dash) {
                return again(c, at);
            }
            matched += dash ? 1 : 0;
            findings.more(rule, at, at + 1);
            return matched < END.length() + DASHES ? State.END : State.IDLE;
        }

        @Override
        void end(int at) {
            boolean inWord = state == State.BODY && wordFrom != NONE && wordFrom >= sure;
            if (inWord && window.text(sure, wordFrom).isBlank()) {
                findings.more(rule, sure, at);
            }
            state = State.IDLE;
        }

        @Override
        int undecidedFrom() {
            return switch (state) {
                case IDLE, END -> NONE;
                case BODY -> sure;
                default -> from;
            };
        }
    }
}
