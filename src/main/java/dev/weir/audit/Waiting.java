package dev.weir.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Facts that wait to be written, in the order in which they came, up to a bound. Many put, one takes. No lock. */
final class Waiting {

    private final Queue<Fact> facts = new ConcurrentLinkedQueue<>();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final long most;
    private final long mostWithReserve;

    /** @param most the most weight that waits; a quarter more for what must not be refused */
    Waiting(long most) {
        this.most = most;
        this.mostWithReserve = most + most / 4;
    }

    /** Adds the fact; false when there is no room for it. */
    boolean offer(Fact fact) {
        return add(fact, most);
    }

    /** Adds a fact that can't be refused any more, because it has happened; false when even the reserve is used up. */
    boolean put(Fact fact) {
        return add(fact, mostWithReserve);
    }

    private boolean add(Fact fact, long bound) {
        long its = fact.weight();
        if (weight.addAndGet(its) > bound) {
            weight.addAndGet(-its);
            return false;
        }
        facts.add(fact);
        taken.incrementAndGet();
        return true;
    }

    /** Whether there is room at all. */
    boolean full() {
        return weight.get() >= most;
    }

    boolean halfFull() {
        return weight.get() >= most / 2;
    }

    long weight() {
        return weight.get();
    }

    /** How many were ever added. */
    long added() {
        return taken.get();
    }

    /** The next ones; they count as waiting until {@link #written}. */
    List<Fact> next(int limit, long characters) {
        List<Fact> next = new ArrayList<>();
        long sum = 0;
        while (next.size() < limit && sum < characters) {
            @Nullable Fact fact = facts.poll();
            if (fact == null) {
                break;
            }
            sum += fact.weight();
            next.add(fact);
        }
        return next;
    }

    void written(List<Fact> done) {
        weight.addAndGet(-done.stream().mapToLong(Fact::weight).sum());
    }
}
