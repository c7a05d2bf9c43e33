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
 * @param locked true when policies of narrower scopes may make its mode stricter, and change nothing else about it
 */
public record Tuning(Optional<Mode> mode, Map<String, String> settings, boolean locked) {

    /** Everything inherited. */
    public static final Tuning NONE = new Tuning(Optional.empty(), Map.of(), false);

    public Tuning {
        SortedMap<String, String> sorted = new TreeMap<>(settings);
        settings = Collections.unmodifiableSortedMap(sorted);
    }

    public boolean isEmpty() {
        return mode.isEmpty() && settings.isEmpty() && !locked;
    }
}
