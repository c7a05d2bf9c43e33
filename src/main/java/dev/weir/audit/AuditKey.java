package dev.weir.audit;

import dev.weir.audit.Seal.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that seals are signed with. Immutable. */
public final class AuditKey {

    static final int SHORTEST = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 8;

    private final byte[] secret;
    private final String id;

    private AuditKey(byte[] secret) {
        this.secret = secret;
        this.id = HexFormat.of().formatHex(Arrays.copyOf(sha256(Hashing.canonical("id", hex(secret))), ID_BYTES));
    }

    /**
     * A key of a text.
     *
     * @throws IllegalArgumentException when it has fewer than {@value #SHORTEST} characters
     */
    public static AuditKey of(String text) {
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException("weir.audit.key has " + text.length() + " characters. Use " + SHORTEST
                    + " or more random ones, for example from: openssl rand -hex 32");
        }
        return new AuditKey(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Tells keys apart and says nothing of the secret. */
    public String id() {
        return id;
    }

    Seal sign(Purpose purpose, String chain, long seq, String hash, long atMillis) {
        return new Seal(purpose, chain, seq, hash, atMillis, id, mac(purpose, chain, seq, hash, atMillis));
    }

    /** Whether this key made that seal, and it is as it was made. */
    boolean signed(Seal seal) {
        String mac = mac(seal.purpose(), seal.chain(), seal.seq(), seal.hash(), seal.atMillis());
        return MessageDigest.isEqual(
                mac.getBytes(StandardCharsets.US_ASCII), seal.mac().getBytes(StandardCharsets.UTF_8));
    }

    private String mac(Purpose purpose, String chain, long seq, String hash, long atMillis) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return hex(mac.doFinal(
                    Hashing.canonical(purpose.name(), chain, Long.toString(seq), hash, Long.toString(atMillis))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AuditKey " + id;
    }
}
