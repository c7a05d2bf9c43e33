package dev.weir.pipeline.redact;

import java.util.Locale;
import java.util.Set;

/**
 * E-mail addresses: {@code local@domain} with a local part of at most 64 characters (RFC 5321, 4.5.3.1.1) that are
 * letters, digits and {@code . _ % + - '}, and a domain of at least two labels of at most 63 (RFC 1035, 2.3.4), the last
 * of letters only. Letters may be of other alphabets (RFC 6531), but not of scripts that put no spaces between words. An
 * address has at most 254 characters (RFC 5321, 4.5.3.1.3).
 */
final class EmailRecogniser implements Recogniser {

    /** What stands after {@code @} in names of pictures for screens of double density, as in {@code icon@2x.png}. */
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "avif");

    private final Rule rule;

    EmailRecogniser(Rule rule) {
        this.rule = rule;
    }

    @Override
    public boolean begins(char c) {
        return c >= 128 || isWord(c);
    }

    @Override
    public boolean atWordStart(char c) {
        return false;
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    /** A letter, a digit or an underscore; of other alphabets up to the Arabic, with marks that combine. */
    private static boolean isWord(char c) {
        if (c < 128) {
            return Ascii.isWord(c);
        }
        return c >= 0xC0 && c <= 0x6FF && (Character.isLetterOrDigit(c) || (c >= 0x300 && c < 0x370));
    }

    private final class Machine extends Scan {

        private static final int LOCAL = 64;
        private static final int LABEL = 63;
        private static final int ADDRESS = 254;

        /** Where a local part began that has no {@code @} yet. */
        private int local = NONE;

        /** Where an address began whose domain is being read. */
        private int from = NONE;

        private int labelFrom;
        private int labels;
        private boolean letters;
        private int good;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            if (from != NONE) {
                domain(c, at);
            }
            local(c, at);
            return local != NONE || from != NONE;
        }

        private void local(char c, int at) {
            if (local == NONE) {
                if (isWord(c) && !isWord(window.at(at - 1))) {
                    local = at;
                }
            } else if (c == '@') {
                begin(at);
            } else if (!isLocal(c) || (c == '.' && window.at(at - 1) == '.') || at - local >= LOCAL) {
                local = NONE;
            }
        }

        private static boolean isLocal(char c) {
            return isWord(c) || c == '.' || c == '-' || c == '+' || c == '%' || c == '\'';
        }

        private void begin(int at) {
            if (window.at(at - 1) != '.') {
                from = local;
                labelFrom = at + 1;
                labels = 0;
                letters = true;
                good = NONE;
            }
            local = NONE;
        }

        private void domain(char c, int at) {
            if (at - from >= ADDRESS) {
                decide(at);
            } else if (c == '.') {
                dot(at);
            } else if (isLabel(c) && (c != '-' || at > labelFrom)) {
                if (c == '-' && isLast(at)) {
                    good = at;
                }
                letters &= c != '-' && !Character.isDigit(c);
                if (at - labelFrom >= LABEL) {
                    decide(at);
                }
            } else {
                decide(at);
            }
        }

        private static boolean isLabel(char c) {
            return c == '-' || (isWord(c) && c != '_');
        }

        private void dot(int at) {
            if (at == labelFrom || window.at(at - 1) == '-') {
                decide(at);
                return;
            }
            if (isLast(at)) {
                good = at;
            }
            labels++;
            labelFrom = at + 1;
            letters = true;
        }

        /** True when the domain may end with the label that ends here. */
        private boolean isLast(int at) {
            int length = at - labelFrom;
            boolean encoded =
                    length > 4 && window.text(labelFrom, labelFrom + 4).equalsIgnoreCase("xn--");
            return labels > 0 && (encoded || (letters && length >= 2));
        }

        private void decide(int at) {
            int to = isLast(at) && at - labelFrom <= LABEL ? at : good;
            if (to != NONE && !excluded(window.text(from, to))) {
                findings.found(rule, from, to);
            }
            from = NONE;
        }

        private static boolean excluded(String address) {
            String last = address.substring(address.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return address.startsWith("git@") || PICTURES.contains(last);
        }

        @Override
        void end(int at) {
            if (from != NONE) {
                decide(at);
            }
            local = NONE;
        }

        @Override
        int undecidedFrom() {
            return Math.min(local, from);
        }
    }
}
