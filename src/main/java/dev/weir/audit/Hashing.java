package dev.weir.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** How records are hashed. Version 1: every field as its length in bytes of UTF-8 (4 bytes) and these bytes. */
final class Hashing {

    private static final String VERSION = "weir-audit-1";
    private static final int SALT_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Hashing() {}

    /**
     * The next record of a chain.
     *
     * @param before the hash of the record before; empty for the first
     */
    static AuditRecord next(String chain, long seq, String before, Fact fact) {
        Fact kept = Storable.of(fact);
        String salt = kept.text().isEmpty() ? "" : salt();
        String textHash = kept.text().isEmpty() ? "" : textHash(salt, kept.text());
        AuditRecord open = new AuditRecord(chain, seq, kept, salt, textHash, "");
        return new AuditRecord(chain, seq, kept, salt, textHash, hash(before, open));
    }

    static String hash(String before, AuditRecord record) {
        Fact fact = record.fact();
        return digest(
                VERSION,
                before,
                record.chain(),
                Long.toString(record.seq()),
                Long.toString(fact.atMillis()),
                fact.kind().word(),
                fact.who().user(),
                fact.who().organisation(),
                fact.place().room(),
                fact.place().turn(),
                fact.place().branch(),
                fact.place().model(),
                fact.action(),
                fact.subject(),
                Long.toString(fact.amount()),
                record.textHash());
    }

    static String textHash(String salt, String text) {
        return digest(salt, text);
    }

    static byte[] canonical(String... fields) {
        byte[][] bytes = new byte[fields.length][];
        int length = 0;
        for (int i = 0; i < fields.length; i++) {
            bytes[i] = fields[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + bytes[i].length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] field : bytes) {
            all.putInt(field.length).put(field);
        }
        return all.array();
    }

    private static String digest(String... fields) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(canonical(fields)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static String salt() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return HEX.formatHex(salt);
    }
}
