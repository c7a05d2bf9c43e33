package dev.weir.identity;

import java.util.List;
import java.util.Optional;

/** The organisations. Methods block on the database. Thread-safe. */
public interface Organisations {

    Optional<Organisation> find(String id);

    /** The organisations whose ids come after this one, in the order of their ids; from the first for an empty one. */
    List<Organisation> list(String after, int limit);

    void create(Organisation organisation);

    /** Returns false when there is no such organisation. */
    boolean rename(String id, String name);

    /** Deletes an organisation without users; returns false, and does nothing, when it has some. */
    boolean delete(String id);
}
