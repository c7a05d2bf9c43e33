package dev.weir.pipeline.redact;

import java.util.List;

/** Secrets that are known by how they begin; up to 64 rules, of each of which one may be open at a time. */
final class TokenRecogniser implements Recogniser {

    /** The fewest characters after its beginning that make the end of a text cut a token off. */
    private static final int CUT = 8;

    private final TokenRule[] rules;

    /** Which rules begin with a character, one bit each. */
    private final long[] begins = new long[128];

    TokenRecogniser(List<TokenRule> rules) {
        if (rules.size() > Long.SIZE) {
            throw new IllegalArgumentException("More than 64 rules at a time");
        }
        this.rules = rules.toArray(TokenRule[]::new);
        for (char c = 0; c < 128; c++) {
            for (int i = 0; i < this.rules.length; i++) {
                begins[c] |= this.rules[i].beginsWith(0, c) ? 1L << i : 0;
            }
        }
    }

    @Override
    public boolean begins(char c) {
        return c < 128 && begins[c] != 0;
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    private final class Machine extends Scan {

        private final int[] from = new int[rules.length];

        /** Rules whose token is longer than can be held, so that it is removed as it comes. */
        private long endless;

        private long live;
        private long steps;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            for (long left = live; left != 0; left &= left - 1) {
                steps++;
                goOn(Long.numberOfTrailingZeros(left), c, at);
            }
            if (c < 128 && begins[c] != 0 && !Ascii.isWord(window.at(at - 1))) {
                for (long left = begins[c] & ~live; left != 0; left &= left - 1) {
                    steps++;
                    from[Long.numberOfTrailingZeros(left)] = at;
                }
                live |= begins[c];
            }
            return live != 0;
        }

        private void goOn(int i, char c, int at) {
            TokenRule rule = rules[i];
            int index = at - from[i];
            if (index < rule.begin().length()) {
                if (!rule.beginsWith(index, c)) {
                    close(i);
                }
            } else if (!rule.body().has(c)) {
                decide(i, at);
            } else if (index >= BOUND) {
                goOnWithoutEnd(i, at);
            }
        }

        private void goOnWithoutEnd(int i, int at) {
            if ((endless & (1L << i)) == 0) {
                endless |= 1L << i;
                findings.begun(rules[i].rule(), from[i], at + 1);
            } else {
                findings.more(rules[i].rule(), at, at + 1);
            }
        }

        private void decide(int i, int at) {
            int to = at;
            while (to > from[i] && window.at(to - 1) == '.' && (endless & (1L << i)) == 0) {
                to--;
            }
            int body = from[i] + rules[i].begin().length();
            if ((endless & (1L << i)) == 0 && to - body >= rules[i].least() && isGood(rules[i], body, to)) {
                findings.found(rules[i].rule(), from[i], to);
            }
            close(i);
        }

        /** A token that the end cut off is none any more, but what is there of it is still secret. */
        private void decideAtEnd(int i, int at) {
            int body = from[i] + rules[i].begin().length();
            boolean cut = at - body >= CUT && at - body < rules[i].least();
            if (cut && window.text(body, at).chars().anyMatch(it -> Ascii.isDigit((char) it))) {
                findings.found(rules[i].rule(), from[i], at);
                close(i);
            } else {
                decide(i, at);
            }
        }

        private boolean isGood(TokenRule rule, int body, int to) {
            String text = window.text(body, to);
            return (!rule.digit() || text.chars().anyMatch(it -> Ascii.isDigit((char) it)))
                    // AWS's documentation: AKIAIOSFODNN7EXAMPLE.
                    && !text.endsWith("EXAMPLE");
        }

        private void close(int i) {
            live &= ~(1L << i);
            endless &= ~(1L << i);
        }

        @Override
        void end(int at) {
            for (long left = live; left != 0; left &= left - 1) {
                int i = Long.numberOfTrailingZeros(left);
                if (at - from[i] >= rules[i].begin().length()) {
                    decideAtEnd(i, at);
                }
            }
            live = 0;
        }

        @Override
        int undecidedFrom() {
            int first = NONE;
            for (long left = live; left != 0; left &= left - 1) {
                int i = Long.numberOfTrailingZeros(left);
                first = Math.min(first, (endless & (1L << i)) == 0 ? from[i] : NONE);
            }
            return first;
        }

        @Override
        long steps() {
            return steps;
        }
    }
}
