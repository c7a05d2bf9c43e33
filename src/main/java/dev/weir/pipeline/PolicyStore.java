package dev.weir.pipeline;

import java.util.List;
import java.util.Optional;

/** Keeps policies: the truth about them. Methods block. Thread-safe. */
public interface PolicyStore {

    Optional<Policy> find(Scope scope);

    /** What came of {@link #put}. */
    enum Put {
        DONE,
        /** It was to take the place of another policy than the one that is there. */
        CHANGED,
        /** There is no such organisation or room. */
        NO_SUCH_SCOPE
    }

    /**
     * Keeps a policy in place of the one before; it goes when its organisation or room does. After {@link Policy#NONE} there
     * is none any more.
     *
     * @param instead the policy whose place it takes, {@link Policy#NONE} when there must be none; empty: whatever there is
     */
    Put put(Scope scope, Policy policy, Optional<Policy> instead);

    /** The scopes that have a policy, in the order of their words; at most so many. */
    List<Scope> scopes(int limit);
}
