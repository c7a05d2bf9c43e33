package dev.weir.pipeline.redact;

/**
 * Payment cards: 12 to 19 digits with the Luhn check digit (ISO/IEC 7812-1) that begin as an issuer's do. The issuers'
 * ranges and lengths are those of the networks' own tables: Visa 4 (13, 16, 19), Mastercard 51–55 and 2221–2720 (16), American
 * Express 34 and 37 (15), Discover 6011, 644–649 and 65 (16–19), Diners Club 300–305, 3095, 36, 38 and 39 (14–19), JCB
 * 3528–3589 (16–19), UnionPay 62 (16–19), Mir 2200–2204 (16–19), Maestro 5018, 5020, 5038, 5893, 6304, 6759, 6761–6763
 * (12–19). Written without separators, or with one space or hyphen in the places where cards have them.
 */
record CardRule(Rule rule) implements NumberRule {

    @Override
    public boolean matches(NumberGroups groups, int first, int last) {
        return written(groups, first, last) && isCard(groups.digits(first, last));
    }

    private static boolean written(NumberGroups groups, int first, int last) {
        if (first == last) {
            char before = groups.separator(first);
            return groups.length(first) >= 12 && before != '.' && before != ',';
        }
        boolean even = groups.separatedBy(' ', first, last) || groups.separatedBy('-', first, last);
        return even
                && (groups.lengthsAre(first, last, 4, 4, 4, 4)
                        || groups.lengthsAre(first, last, 4, 6, 5)
                        || groups.lengthsAre(first, last, 4, 6, 4)
                        || groups.lengthsAre(first, last, 4, 4, 4, 4, 3)
                        || groups.lengthsAre(first, last, 4, 4, 4, 1)
                        || groups.lengthsAre(first, last, 8, 8)
                        || groups.lengthsAre(first, last, 6, 13));
    }

    /** @param digits at most 19 */
    static boolean isCard(String digits) {
        return digits.length() >= 12
                && lengthFits(Integer.parseInt(digits.substring(0, 4)), digits.length())
                && Checksums.luhn(digits);
    }

    private static boolean lengthFits(int begin, int length) {
        return switch (begin / 100) {
            case 34, 37 -> length == 15;
            case 36, 38, 39 -> length >= 14;
            case 30 -> length >= 14 && (begin <= 3059 || begin == 3095);
            case 35 -> length >= 16 && begin >= 3528 && begin <= 3589;
            case 40, 41, 42, 43, 44, 45, 46, 47, 48, 49 -> length == 13 || length == 16 || length == 19;
            case 51, 52, 53, 54, 55 -> length == 16;
            case 22, 23, 24, 25, 26, 27 ->
                (begin >= 2221 && begin <= 2720 && length == 16) || (begin <= 2204 && length >= 16);
            case 60 -> length >= 16 && begin == 6011;
            case 64 -> length >= 16 && begin >= 6440;
            case 62, 65 -> length >= 16;
            default -> isMaestro(begin);
        };
    }

    private static boolean isMaestro(int begin) {
        return switch (begin) {
            case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> true;
            default -> false;
        };
    }
}
