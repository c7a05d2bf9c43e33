package dev.weir.room.consumption;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast was used what in the latest seconds, by one thing: by user, say. Shows a few of these and the rest together, so
 * that it stays small however many there are. Not thread-safe.
 */
final class RateWindow {

    /** How far back it goes. */
    static final int SECONDS = 120;

    private final Deque<Map<String, Rate>> seconds = new ArrayDeque<>();
    private final Map<String, Rate> sums = new HashMap<>();

    /** What is used in a second: tokens of both kinds, and millionths of a US dollar. */
    record Rate(long tokens, long micros) {

        static final Rate NONE = new Rate(0, 0);

        Rate plus(Rate other) {
            return new Rate(tokens + other.tokens, micros + other.micros);
        }

        Rate minus(Rate other) {
            return new Rate(tokens - other.tokens, micros - other.micros);
        }
    }

    /** @param second by id; an empty id for what nobody in particular has used */
    void add(Map<String, Rate> second) {
        seconds.addLast(Map.copyOf(second));
        second.forEach((key, rate) -> sums.merge(key, rate, Rate::plus));
        if (seconds.size() > SECONDS) {
            seconds.removeFirst().forEach(this::forget);
        }
    }

    private void forget(String key, Rate rate) {
        Rate rest = sums.getOrDefault(key, Rate.NONE).minus(rate);
        if (rest.equals(Rate.NONE)) {
            sums.remove(key);
        } else {
            sums.put(key, rest);
        }
    }

    /** Nothing was used in all that time. */
    boolean isEmpty() {
        return sums.isEmpty();
    }

    /**
     * Those that have used most, the dearest first, and at the end all the others together, when there are any.
     *
     * @param most how many of them at most, without the others
     */
    List<Series> top(int most) {
        List<String> keys = sums.entrySet().stream()
                .filter(it -> !it.getKey().isEmpty())
                .sorted(Map.Entry.<String, Rate>comparingByValue(
                                Comparator.comparingLong(Rate::micros).thenComparingLong(Rate::tokens))
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Drawn> drawn = new LinkedHashMap<>();
        keys.forEach(it -> drawn.put(it, new Drawn()));
        Drawn others = new Drawn();
        int at = SECONDS - seconds.size();
        for (Map<String, Rate> second : seconds) {
            for (Map.Entry<String, Rate> each : second.entrySet()) {
                drawn.getOrDefault(each.getKey(), others).add(at, each.getValue());
            }
            at++;
        }
        List<Series> series = new ArrayList<>();
        drawn.forEach((key, it) -> series.add(it.series(key)));
        if (sums.size() > keys.size()) {
            series.add(others.series(Series.OTHERS));
        }
        return series;
    }

    /** The mean of the latest seconds; fewer where there are not so many. */
    Rate mean(String key, int latest) {
        int count = Math.min(latest, seconds.size());
        Rate sum = seconds.stream()
                .skip(seconds.size() - count)
                .map(it -> it.getOrDefault(key, Rate.NONE))
                .reduce(Rate.NONE, Rate::plus);
        return count == 0 ? sum : new Rate(rounded(sum.tokens(), count), rounded(sum.micros(), count));
    }

    private static long rounded(long sum, int count) {
        return Math.round((double) sum / count);
    }

    /** A series in the making. */
    private static final class Drawn {

        private final long[] tokens = new long[SECONDS];
        private final long[] micros = new long[SECONDS];

        void add(int second, Rate rate) {
            tokens[second] += rate.tokens();
            micros[second] += rate.micros();
        }

        Series series(String key) {
            return new Series(
                    key,
                    Arrays.stream(tokens).boxed().toList(),
                    Arrays.stream(micros).boxed().toList());
        }
    }
}
