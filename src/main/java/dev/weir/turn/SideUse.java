package dev.weir.turn;

import dev.weir.budget.Ledger;
import dev.weir.budget.Payer;
import dev.weir.event.Ids;
import dev.weir.event.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is used of other models beside an answer, to translate or to judge it: gathered by model, and booked under each when
 * the answer has ended; what comes later at once. Thread-safe.
 */
final class SideUse {

    private static final Logger LOG = LoggerFactory.getLogger(SideUse.class);

    private final Map<String, Usage> sums = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Books books;
    private boolean settled;

    /** Where it is booked. */
    @FunctionalInterface
    interface Books {
        void book(String model, Usage usage);

        /** The ledger, in the name of who asked, and the figures of this node. */
        static Books of(Ledger ledger, Supplier<TurnObserver> observer, Payer by) {
            return (model, usage) -> {
                ledger.book(Ids.next(), by.asking(model), usage);
                observer.get().used(model, usage);
            };
        }
    }

    SideUse(Books books) {
        this.books = books;
    }

    void add(String model, Usage usage) {
        if (usage.inputTokens() == 0 && usage.outputTokens() == 0) {
            return;
        }
        lock.lock();
        try {
            if (!settled) {
                sums.merge(model, usage, Usage::plus);
                return;
            }
        } finally {
            lock.unlock();
        }
        book(model, usage);
    }

    /** The price so far, in millionths of a US dollar. */
    long micros() {
        lock.lock();
        try {
            return sums.values().stream().mapToLong(Usage::micros).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Books everything; a second call does nothing. */
    void settle() {
        Map<String, Usage> all;
        lock.lock();
        try {
            all = settled ? Map.of() : Map.copyOf(sums);
            settled = true;
        } finally {
            lock.unlock();
        }
        all.forEach(this::book);
    }

    private void book(String model, Usage usage) {
        try {
            books.book(model, usage);
        } catch (RuntimeException e) {
            LOG.error("What was used of {} beside an answer, {} micros, could not be booked", model, usage.micros(), e);
        }
    }
}
