package dev.weir.room;

import java.time.Instant;
import java.util.Optional;

/** Where is kept what was done under which key. Methods block on the database. Thread-safe. */
public interface OnceStore {

    /**
     * What somebody wanted under a key.
     *
     * @param answer empty while it is being done
     */
    record Kept(String fingerprint, Optional<String> answer) {}

    /**
     * Takes a key, of those who want it at once one alone.
     *
     * @param fingerprint of what is wanted
     * @param abandonedBefore who wanted the same, began before this and has not ended, will not
     * @return empty when the key is the caller's now, who has to {@link #keep} or to {@link #release}
     */
    Optional<Kept> claim(String id, String fingerprint, Instant now, Instant abandonedBefore);

    /** It is done, and this is the answer. */
    void keep(String id, String answer);

    /** It was not done. */
    void release(String id);

    /** Forgets what was begun before. */
    void forget(Instant before);
}
