package dev.weir.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Policies in memory, which can be away. */
public final class MemoryPolicies implements PolicyStore {

    private final Map<Scope, Policy> kept = new ConcurrentHashMap<>();
    int asked;
    boolean away;
    Runnable whileReading = () -> {};

    @Override
    public Optional<Policy> find(Scope scope) {
        if (away) {
            throw new IllegalStateException("The database does not answer.");
        }
        asked++;
        Optional<Policy> found = Optional.ofNullable(kept.get(scope));
        whileReading.run();
        return found;
    }

    @Override
    public Put put(Scope scope, Policy policy, Optional<Policy> instead) {
        if (instead.isPresent() && !instead.get().equals(kept.getOrDefault(scope, Policy.NONE))) {
            return Put.CHANGED;
        }
        if (policy.isEmpty()) {
            kept.remove(scope);
        } else {
            kept.put(scope, policy);
        }
        return Put.DONE;
    }

    @Override
    public List<Scope> scopes(int limit) {
        return kept.keySet().stream().limit(limit).toList();
    }
}
