package dev.weir.pipeline.redact;

import java.util.Locale;

/** Bitcoin's segregated witness addresses: bech32 (BIP 173) for version 0, bech32m (BIP 350) for the others. */
final class Bech32 {

    private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32 = 1;
    private static final int BECH32M = 0x2bc830a3;

    private Bech32() {}

    /** @param word begins with bc1, in either case */
    static boolean isBitcoin(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (word.length() < 14 || (!word.equals(lower) && !word.equals(word.toUpperCase(Locale.ROOT)))) {
            return false;
        }
        int sum = add(add(add(add(add(1, 'b' >> 5), 'c' >> 5), 0), 'b' & 31), 'c' & 31);
        for (int i = 3; i < lower.length(); i++) {
            int digit = DIGITS.indexOf(lower.charAt(i));
            if (digit < 0) {
                return false;
            }
            sum = add(sum, digit);
        }
        return sum == (lower.charAt(3) == 'q' ? BECH32 : BECH32M);
    }

    private static int add(int sum, int value) {
        int top = sum >>> 25;
        int next = ((sum & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= ((top >>> i) & 1) == 1 ? GENERATOR[i] : 0;
        }
        return next;
    }
}
