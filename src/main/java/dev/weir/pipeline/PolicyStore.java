package dev.weir.pipeline;

import java.util.List;
import java.util.Optional;

/** Keeps policies: the truth about them. Methods block. Thread-safe. */
public interface PolicyStore {

    Optional<Policy> find(Scope scope);

    /**
     * Keeps a policy in place of the one before; it goes when its organisation or room does.
     *
     * @return false when there is no such organisation or room
     */
    boolean put(Scope scope, Policy policy);

    /** Does nothing when there is none. */
    void remove(Scope scope);

    /** The scopes that have a policy, in the order of their words; at most so many. */
    List<Scope> scopes(int limit);
}
