package dev.weir.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who has pages open to which something is pushed, by what each of them may see. Somebody who may no longer see it is left
 * out some pushes later. Thread-safe.
 */
final class Lookers {

    private final int checkEvery;

    /** How many pages each user has open. */
    private final Map<String, Integer> pages = new HashMap<>();

    private Map<String, Set<String>> admitted = Map.of();
    private int pushes;

    /** @param checkEvery so many pushes pass until everybody is looked up again */
    Lookers(int checkEvery) {
        this.checkEvery = checkEvery;
    }

    synchronized void opened(String user) {
        pages.merge(user, 1, Integer::sum);
        pushes = 0;
    }

    synchronized void closed(String user) {
        pages.computeIfPresent(user, (it, open) -> open > 1 ? open - 1 : null);
    }

    synchronized boolean isEmpty() {
        return pages.isEmpty();
    }

    /**
     * The users, by what they may see; to be asked once for each push.
     *
     * @param sees what a user may see; empty for nothing
     */
    Map<String, Set<String>> looking(Function<String, Optional<String>> sees) {
        Set<String> open;
        synchronized (this) {
            if (pushes++ % checkEvery != 0) {
                return admitted;
            }
            open = Set.copyOf(pages.keySet());
        }
        Map<String, Set<String>> may = new HashMap<>();
        for (String user : open) {
            sees.apply(user)
                    .ifPresent(it ->
                            may.computeIfAbsent(it, what -> new TreeSet<>()).add(user));
        }
        synchronized (this) {
            admitted = may;
        }
        return may;
    }
}
