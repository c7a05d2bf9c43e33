package dev.weir.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * A fact in its place in a chain.
 *
 * @param chain whose it is: one chain for each node
 * @param seq its number in the chain, from 1, without gaps
 * @param fact its text is empty when it never had one, and when it was erased
 * @param salt what was hashed before the text, in hexadecimal; empty where there is no text, or no longer
 * @param textHash SHA-256 of the salt and the text, in hexadecimal; stays when the text is erased. Empty for no text
 * @param hash SHA-256 of the hash before and of everything here but text and salt, in hexadecimal
 */
public record AuditRecord(String chain, long seq, Fact fact, String salt, String textHash, String hash) {

    public Instant at() {
        return Instant.ofEpochMilli(fact.atMillis());
    }

    /** Whether it had a text that was erased. */
    public boolean erased() {
        return !textHash.isEmpty() && salt.isEmpty();
    }

    /** The text; empty when it has none or it was erased. */
    public Optional<String> text() {
        return textHash.isEmpty() || salt.isEmpty() ? Optional.empty() : Optional.of(fact.text());
    }
}
