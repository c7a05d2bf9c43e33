package dev.weir.pipeline.redact;

/** Check digits. What is neither a letter nor a digit (spaces, hyphens) does not count; a text without digits fails. */
final class Checksums {

    private Checksums() {}

    /** ISO/IEC 7812-1, annex B: every second digit from the right but one doubled, the sum of all digits a multiple of 10. */
    static boolean luhn(String text) {
        int sum = 0;
        int count = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit >= 0) {
                int counted = count++ % 2 == 0 ? digit : 2 * digit;
                sum += counted > 9 ? counted - 9 : counted;
            } else if (Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return count > 1 && sum % 10 == 0;
    }

    /** ISO/IEC 7064, MOD 97-10: as a number, with letters as 10 to 35, it leaves 1 when divided by 97. */
    static boolean mod97(String text) {
        int rest = 0;
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            if (value >= 0) {
                rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
                count++;
            }
        }
        return count > 2 && rest == 1;
    }

    /** ISO 13616-1: {@link #mod97} with the first four characters last. */
    static boolean iban(String text) {
        return mod97(text.substring(4) + text.substring(0, 4));
    }

    /**
     * The digits times their weights, 1 for the last and one more for each to the left, make a multiple of 11; the last
     * may be X for 10. So it is with NHS numbers (NHS Data Dictionary) and ISBN-10 (ISO 2108:1992).
     */
    static boolean mod11(String text) {
        int sum = 0;
        int weight = 1;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            int digit = weight == 1 && (c == 'X' || c == 'x') ? 10 : Character.digit(c, 10);
            if (digit >= 0) {
                sum += digit * weight++;
            } else if (Character.isLetter(c)) {
                return false;
            }
        }
        return weight > 2 && sum % 11 == 0;
    }
}
