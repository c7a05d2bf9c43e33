package dev.weir.turn;

import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.figure.Histogram;
import dev.weir.model.ModelFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** One model's counters. Thread-safe. */
final class ModelFigures {

    private static final List<Duration> UNTIL_FIRST =
            millis(10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 20_000, 60_000);
    private static final List<Duration> BETWEEN = millis(1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2500, 10_000);
    private static final List<Duration> IN_ALL =
            millis(100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000);

    final LongAdder started = new LongAdder();
    final LongAdder inputTokens = new LongAdder();
    final LongAdder outputTokens = new LongAdder();
    final LongAdder micros = new LongAdder();
    final LongAdder deltas = new LongAdder();
    final LongAdder characters = new LongAdder();
    final LongAdder retries = new LongAdder();
    final Histogram firstDelta = Histogram.of(UNTIL_FIRST);
    final Histogram betweenDeltas = Histogram.of(BETWEEN);
    final Histogram duration = Histogram.of(IN_ALL);
    private final ConcurrentMap<Outcome, LongAdder> ended = new ConcurrentHashMap<>();
    private final ConcurrentMap<ModelFailure.Kind, LongAdder> failures = new ConcurrentHashMap<>();

    private static List<Duration> millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toList();
    }

    void used(Usage usage) {
        inputTokens.add(usage.inputTokens());
        outputTokens.add(usage.outputTokens());
        micros.add(usage.micros());
    }

    LongAdder failed(ModelFailure.Kind kind) {
        return failures.computeIfAbsent(kind, it -> new LongAdder());
    }

    LongAdder ended(Outcome outcome) {
        return ended.computeIfAbsent(outcome, it -> new LongAdder());
    }

    Activity.Totals totals() {
        return new Activity.Totals(
                started.sum(),
                sums(ended),
                inputTokens.sum(),
                outputTokens.sum(),
                micros.sum(),
                deltas.sum(),
                characters.sum(),
                retries.sum(),
                sums(failures),
                firstDelta.distribution(),
                betweenDeltas.distribution(),
                duration.distribution());
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, it -> it.getValue().sum()));
    }
}
