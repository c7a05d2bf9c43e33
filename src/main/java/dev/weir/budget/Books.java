package dev.weir.budget;

import dev.weir.budget.account.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been settled, on its way: charges that have not reached their account yet, and what of both is not in the
 * database yet. Nothing here waits on the way of an answer. Thread-safe.
 */
final class Books {

    private static final Logger LOG = LoggerFactory.getLogger(Books.class);

    /** The most that is written at a time. */
    private static final int BATCH = 500;

    private final BudgetStore store;
    private final Map<String, Seed> charged = new HashMap<>();
    private final Queue<Unwritten> bills = new ConcurrentLinkedQueue<>();
    private final Queue<Undone> undone = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    private record Unwritten(Bill bill, CompletableFuture<@Nullable Void> written) {}

    private record Undone(String budget, Supplier<CompletableFuture<?>> work) {}

    Books(BudgetStore store) {
        this.store = store;
    }

    void charged(String budget, @Nullable Seed seed) {
        if (seed != null) {
            synchronized (charged) {
                charged.merge(budget, seed, (one, other) -> one.revision() > other.revision() ? one : other);
            }
        }
    }

    /** Whether the database has the bill of that id. Blocks. */
    boolean has(String id) {
        return store.hasBill(id);
    }

    /** Completes when the database has it. */
    CompletionStage<@Nullable Void> bill(Bill bill) {
        Unwritten unwritten = new Unwritten(bill, new CompletableFuture<>());
        bills.add(unwritten);
        return unwritten.written();
    }

    /** Has this done, and again with the next {@link #flush} when it fails. */
    void untilDone(String budget, Supplier<CompletableFuture<?>> work) {
        underWay.incrementAndGet();
        CompletableFuture<?> done;
        try {
            done = work.get();
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((reply, failure) -> {
            if (failure != null) {
                LOG.warn("A charge did not reach budget {}; it is tried again", budget, failure);
                undone.add(new Undone(budget, work));
            }
            underWay.decrementAndGet();
        });
    }

    /** How much is not where it has to be yet. */
    int waiting() {
        synchronized (charged) {
            return underWay.get() + undone.size() + bills.size() + charged.size();
        }
    }

    /** Tries again what failed, and writes what is new. Blocks; what can't be written is kept for the next time. */
    synchronized void flush() {
        for (int i = undone.size(); i > 0; i--) {
            Undone next = undone.poll();
            if (next != null) {
                untilDone(next.budget(), next.work());
            }
        }
        try {
            writeBills();
            writeCharged();
        } catch (RuntimeException e) {
            LOG.warn("What was settled could not be written; {} entries wait", waiting(), e);
        }
    }

    private void writeBills() {
        while (!bills.isEmpty()) {
            List<Unwritten> batch = bills.stream().limit(BATCH).toList();
            store.bill(batch.stream().map(Unwritten::bill).toList());
            batch.forEach(it -> bills.poll());
            batch.forEach(it -> it.written().complete(null));
        }
    }

    private void writeCharged() {
        Map<String, Seed> batch;
        synchronized (charged) {
            batch = Map.copyOf(charged);
        }
        if (batch.isEmpty()) {
            return;
        }
        store.keep(batch);
        synchronized (charged) {
            batch.forEach(charged::remove);
        }
    }
}
