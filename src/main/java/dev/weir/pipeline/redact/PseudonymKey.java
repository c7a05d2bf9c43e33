package dev.weir.pipeline.redact;

/** The secret of this installation from which pseudonyms are derived: the same on all nodes and after each restart. */
public interface PseudonymKey {

    /** At least 32 bytes; may wait for the database on the first call. */
    byte[] bytes();
}
