package dev.weir.pipeline.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Words in the place of values: the rule's name and ten letters or digits (50 bits) of HMAC-SHA-256 over room, rule and
 * value, so that the same value has the same pseudonym within a room and another one elsewhere, and nobody without the
 * key can find out or try out which value it was. Spaces and hyphens of numbers, and the case of e-mail addresses, make
 * no difference. Not thread-safe.
 */
final class Pseudonyms {

    /** Letters and digits of a pseudonym beside the rule's name. */
    static final int LENGTH = 10;

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    private final byte[] key;
    private final String room;

    Pseudonyms(byte[] key, String room) {
        this.key = key.clone();
        this.room = room;
    }

    String of(Rule rule, String value) {
        byte[] hash = hash(room + "\n" + rule.name() + "\n" + plain(value));
        StringBuilder word = new StringBuilder(rule.name()).append('-');
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = (bits << 8) | (hash[i] & 0xff);
        }
        for (int i = 0; i < LENGTH; i++) {
            word.append(DIGITS.charAt((int) (bits & 31)));
            bits >>>= 5;
        }
        return word.toString();
    }

    private static String plain(String value) {
        if (value.indexOf('@') >= 0) {
            return value.toLowerCase(Locale.ROOT);
        }
        StringBuilder plain = new StringBuilder();
        value.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
