package dev.weir.pipeline.redact;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * International bank account numbers (ISO 13616-1): a country of the SWIFT IBAN registry with the length that is laid
 * down for it there, two check digits, and the remainder 1 modulo 97 (ISO 7064). Without spaces, or with one space or
 * hyphen after each four characters.
 */
final class IbanRecogniser implements Recogniser {

    private static final Map<String, Integer> LENGTHS = Stream.of(
                    ("NO15 BE16 DK18 FI18 FO18 FK18 GL18 NL18 SD18 MK19 SI19 AT20 BA20"
                                    + " EE20 KZ20 LT20 LU20 MN20 XK20 CH21 HR21 LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22"
                                    + " AE23 GI23 IL23 IQ23 OM23 SO23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24"
                                    + " LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28"
                                    + " GT28 HN28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC31"
                                    + " LC32 RU33")
                            .split(" "))
            .collect(Collectors.toUnmodifiableMap(it -> it.substring(0, 2), it -> Integer.parseInt(it.substring(2))));

    private static final int[] BY_LETTERS = new int[26 * 26];

    static {
        LENGTHS.forEach(
                (country, length) -> BY_LETTERS[(country.charAt(0) - 'A') * 26 + country.charAt(1) - 'A'] = length);
    }

    private final Rule rule;

    IbanRecogniser(Rule rule) {
        this.rule = rule;
    }

    @Override
    public boolean begins(char c) {
        return letter(c) >= 0;
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings);
    }

    /** 0 to 25; -1 for others. */
    private static int letter(char c) {
        int folded = c | 0x20;
        return c < 128 && folded >= 'a' && folded <= 'z' ? folded - 'a' : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Several may be open at a time, for each may begin within another; in the order of their beginnings. */
    private final class Machine extends Scan {

        private int[] from = new int[8];
        private int[] count = new int[8];
        private int[] length = new int[8];
        private int open;
        private long steps;

        Machine(Window window, Findings findings) {
            super(window, findings);
        }

        @Override
        boolean next(char c, int at) {
            int kept = 0;
            for (int i = 0; i < open; i++) {
                steps++;
                if (goesOn(i, c, at)) {
                    from[kept] = from[i];
                    count[kept] = count[i];
                    length[kept++] = length[i];
                }
            }
            open = kept;
            char before = window.at(at - 1);
            if (letter(c) >= 0 && letter(before) < 0 && !isDigit(before) && before != '_') {
                begin(at);
            }
            return open > 0;
        }

        private void begin(int at) {
            if (open == from.length) {
                from = Arrays.copyOf(from, 2 * open);
                count = Arrays.copyOf(count, 2 * open);
                length = Arrays.copyOf(length, 2 * open);
            }
            from[open] = at;
            count[open] = 1;
            length[open++] = 0;
        }

        private boolean goesOn(int i, char c, int at) {
            int letter = letter(c);
            if (letter < 0 && !isDigit(c)) {
                boolean whole = count[i] == length[i];
                if (whole) {
                    decide(i, at);
                }
                return !whole && isSeparator(c) && count[i] % 4 == 0 && !isSeparator(window.at(at - 1));
            }
            switch (count[i]++) {
                case 1 -> length[i] = letter < 0 ? 0 : BY_LETTERS[letter(window.at(at - 1)) * 26 + letter];
                case 2, 3 -> length[i] = letter < 0 ? length[i] : 0;
                default -> {}
            }
            return count[i] <= length[i];
        }

        private static boolean isSeparator(char c) {
            return c == ' ' || c == '-' || c == '\u00a0' || c == '\u202f';
        }

        private void decide(int i, int at) {
            if (Checksums.iban(window.text(from[i], at))) {
                findings.found(rule, from[i], at);
            }
        }

        @Override
        void end(int at) {
            for (int i = 0; i < open; i++) {
                if (count[i] == length[i]) {
                    decide(i, at);
                }
            }
            open = 0;
        }

        @Override
        int undecidedFrom() {
            return open == 0 ? NONE : from[0];
        }

        @Override
        long steps() {
            return steps;
        }
    }
}
