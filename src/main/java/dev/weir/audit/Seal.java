package dev.weir.audit;

/**
 * A place in a chain, signed with the installation's key, so that who can write to the database alone can't make one.
 *
 * @param purpose what it says of the place; a seal for one purpose is none for another
 * @param seq the last record that it covers; 0 for none
 * @param hash that record's hash; empty for none
 * @param key which key signed it ({@link AuditKey#id()})
 * @param mac HMAC-SHA-256 of all the rest, in hexadecimal
 */
public record Seal(Purpose purpose, String chain, long seq, String hash, long atMillis, String key, String mac) {

    /** What a seal says of its place. */
    public enum Purpose {
        /** Everything up to here was removed on purpose, because it was old. */
        START,
        /** The chain goes up to here. */
        HEAD,
        /** The chain went through here. */
        CHECKPOINT
    }
}
