package dev.weir.event;

import java.security.SecureRandom;

/** Makes identifiers: 80 random bits as 16 characters of Crockford's base 32, lower case, safe in paths and ids. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 16;

    private Ids() {}

    public static String next() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        char[] text = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            text[i] = ALPHABET[bytes[i] & 31];
        }
        return new String(text);
    }
}
