package dev.weir.pipeline.redact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Bitcoin addresses in base58check: version, 20 bytes, and the first four bytes of SHA-256 applied twice. */
final class Base58 {

    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int BYTES = 25;

    private Base58() {}

    static boolean isDigit(char c) {
        return DIGITS.indexOf(c) >= 0;
    }

    /** @param word of base58 digits only */
    static boolean isBitcoin(String word) {
        if (word.length() < 26 || word.length() > 35) {
            return false;
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < word.length(); i++) {
            int carry = DIGITS.indexOf(word.charAt(i));
            for (int j = BYTES - 1; j >= 0; j--) {
                carry += 58 * (bytes[j] & 0xff);
                bytes[j] = (byte) carry;
                carry >>= 8;
            }
            if (carry != 0) {
                return false;
            }
        }
        boolean version = bytes[0] == (word.charAt(0) == '1' ? 0 : 5);
        byte[] sum = sha256(sha256(Arrays.copyOf(bytes, BYTES - 4)));
        return version && Arrays.equals(sum, 0, 4, bytes, BYTES - 4, BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
