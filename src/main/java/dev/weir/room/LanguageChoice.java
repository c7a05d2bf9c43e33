package dev.weir.room;

/** In which language a user wants to read answers. Methods block on the database. Thread-safe. */
public interface LanguageChoice {

    /** A BCP 47 tag; empty for the original, and for a user who is not there. */
    String of(String userId);

    /**
     * Sets it, for the answers that begin from now on.
     *
     * @param language a BCP 47 tag, or empty for the original
     */
    void choose(String userId, String language);
}
