package dev.weir.budget;

import dev.weir.event.Usage;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What this node uses from one question to the next, by payer: what runs is counted as it grows, and what has ended by its
 * bill, without what was counted before. Counts only while somebody asks. Not thread-safe.
 */
final class Flow {

    /** So long after the last question nothing is counted any more. */
    private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The most slices that are kept for those who ask. */
    private static final int KEPT = 64;

    /** The most payers of one slice; what others use meanwhile is not counted by payer any more but for nobody. */
    private static final int MOST = 20_000;

    static final Payer NOBODY = new Payer("", "", "", "");

    private final LongSupplier nanos;
    private final Map<Consumption.Running, Usage> counted = new HashMap<>();
    private final Deque<Slice> slices = new ArrayDeque<>();
    private Map<Payer, Usage> open = new LinkedHashMap<>();
    private boolean watched;
    private long asked;
    private long number;

    private record Slice(long number, Map<Payer, Usage> used) {}

    /** @param nanos a clock that never goes back */
    Flow(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param since what the answer to the last question said; anything else for the first, which is answered by nothing */
    Consumption.Used since(long since, Collection<Consumption.Running> running) {
        if (!isWatched()) {
            beginAnew(running);
        }
        asked = nanos.getAsLong();
        running.forEach(it -> grow(it, it.used()));
        slices.addLast(new Slice(++number, open));
        open = new LinkedHashMap<>();
        if (slices.size() > KEPT) {
            slices.removeFirst();
        }
        Map<Payer, Usage> used = new LinkedHashMap<>();
        if (since > 0 && since <= number) {
            slices.stream()
                    .filter(it -> it.number() > since)
                    .forEach(slice -> slice.used().forEach((payer, more) -> used.merge(payer, more, Usage::plus)));
        }
        return new Consumption.Used(number, used);
    }

    private boolean isWatched() {
        watched = watched && nanos.getAsLong() - asked < WATCHED_NANOS;
        return watched;
    }

    private void beginAnew(Collection<Consumption.Running> running) {
        watched = true;
        counted.clear();
        slices.clear();
        open.clear();
        running.forEach(it -> counted.put(it, it.used()));
    }

    private void grow(Consumption.Running answer, Usage now) {
        Usage before = counted.put(answer, now);
        add(answer.payer(), now.minus(before == null ? answer.before() : before));
    }

    /** An answer is no longer written here. */
    void gone(Consumption.Running answer) {
        counted.remove(answer);
    }

    /** An answer has ended with this bill. */
    void ended(Consumption.Running answer, Usage bill) {
        if (isWatched()) {
            grow(answer, bill);
        }
        counted.remove(answer);
    }

    /** What was not written here, such as a translation. */
    void used(Payer payer, Usage usage) {
        if (isWatched()) {
            add(payer, usage);
        }
    }

    /** Corrections downwards are left out: nothing flows back. */
    private void add(Payer payer, Usage more) {
        Usage some = new Usage(
                Math.max(0, more.inputTokens()), Math.max(0, more.outputTokens()), Math.max(0, more.micros()), true);
        if (some.inputTokens() + some.outputTokens() + some.micros() > 0) {
            Payer by = open.size() < MOST || open.containsKey(payer) ? payer : NOBODY;
            open.merge(by, some, Usage::plus);
        }
    }
}
