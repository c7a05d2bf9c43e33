package dev.weir.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a policy says about one interceptor.
 *
 * @param mode empty: inherited
 * @param settings by their keys; one that is not there is inherited
 * @param locked true when policies of narrower scopes may make its mode stricter, and change nothing else about it; empty:
 *     as it comes ({@link StreamInterceptor#isLockedAtFirst}) where the installation says this, and otherwise false
 */
public record Tuning(Optional<Mode> mode, Map<String, String> settings, Optional<Boolean> locked) {

    /** Everything inherited. */
    public static final Tuning NONE = new Tuning(Optional.empty(), Map.of(), Optional.empty());

    public Tuning {
        SortedMap<String, String> sorted = new TreeMap<>(settings);
        settings = Collections.unmodifiableSortedMap(sorted);
    }

    /** One that locks, or leaves that as it comes. */
    public Tuning(Optional<Mode> mode, Map<String, String> settings, boolean locks) {
        this(mode, settings, locks ? Optional.of(true) : Optional.empty());
    }

    public boolean isEmpty() {
        return mode.isEmpty() && settings.isEmpty() && locked.isEmpty();
    }
}
