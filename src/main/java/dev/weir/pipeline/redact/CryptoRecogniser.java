package dev.weir.pipeline.redact;

/**
 * Addresses of Bitcoin and Ethereum, in one word: base58check (versions 0 and 5), bech32 (BIP 173) and bech32m (BIP 350)
 * for {@code bc}, and {@code 0x} with 40 hexadecimal digits, whose case must be as EIP-55 says when it is mixed.
 */
record CryptoRecogniser(Rule bitcoin, Rule ethereum) implements Recogniser {

    /** BIP 173: at most 90 characters. */
    private static final int LONGEST = 90;

    @Override
    public boolean begins(char c) {
        return c == '0' || c == '1' || c == '3' || c == 'b' || c == 'B';
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    private final class Machine extends Scan {

        private int from = NONE;
        private char kind;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            if (from == NONE) {
                from = at;
                kind = c;
            } else if (!Ascii.isLetterOrDigit(c)) {
                if (c != '_') {
                    decide(at);
                }
                from = NONE;
            } else if (!goesOn(c, at - from)) {
                from = NONE;
            }
            return from != NONE;
        }

        private boolean goesOn(char c, int index) {
            return switch (kind) {
                case '0' -> index == 1 ? c == 'x' : index < 42 && Character.digit(c, 16) >= 0;
                case 'b' -> index < 3 ? c == "bc1".charAt(index) : index < LONGEST;
                case 'B' -> index < 3 ? c == "BC1".charAt(index) : index < LONGEST;
                default -> index < 35 && Base58.isDigit(c);
            };
        }

        private void decide(int at) {
            String word = window.text(from, at);
            if (kind == '0') {
                if (Ethereum.isAddress(word)) {
                    findings.found(ethereum, from, at);
                }
            } else if (isBitcoin(word)) {
                findings.found(bitcoin, from, at);
            }
        }

        private boolean isBitcoin(String word) {
            boolean base58 = kind == '1' || kind == '3';
            return base58 ? Base58.isBitcoin(word) : Bech32.isBitcoin(word);
        }

        @Override
        void end(int at) {
            if (from != NONE) {
                decide(at);
            }
            from = NONE;
        }

        @Override
        int undecidedFrom() {
            return from;
        }
    }
}
