package dev.weir.budget.account;

import dev.weir.budget.Window;
import dev.weir.budget.account.Reply.Result;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was charged to a budget in the period that runs, and what is held of it. What an order leaves behind follows from the
 * orders alone, so every copy that is given the same ones is the same. Its time never goes back, whatever the orders say.
 *
 * <p>Without what was corrected, charged and held are never more together than the limit was when something was held.
 *
 * <p>Not thread-safe.
 */
public final class Account implements Serializable {

    private static final long serialVersionUID = 1;

    /** For how long an answer that was settled is remembered, in milliseconds, and how many of them. */
    static final long MEMORY = 600_000;

    static final int MOST_REMEMBERED = 10_000;

    /** So many percent below a warning a rolling budget must have come to be warned of again. */
    private static final int WARNED_AGAIN_BELOW = 10;

    private final TreeMap<String, Hold> holds = new TreeMap<>();
    private final LinkedHashMap<String, Settled> settled = new LinkedHashMap<>();
    private final TreeMap<Long, Long> buckets = new TreeMap<>();
    private Terms terms;
    private Window window;
    private long latest;
    private long charged;
    private long corrected;
    private long held;
    private long revision;
    private int warned;
    private long refused;
    private long corrections;
    private long expired;

    /** An answer that was settled, with its bill. */
    private record Settled(long generation, long bill, long at) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    private Account(Terms terms, Seed seed, long now) {
        this.terms = terms;
        this.latest = now;
        this.window = terms.window(now);
        this.revision = seed.revision();
        boolean goesOn = window.equals(Window.ALWAYS) || seed.windowStart() >= window.start();
        this.charged = goesOn ? seed.charged() : 0;
        this.corrected = goesOn ? seed.corrected() : 0;
        this.buckets.putAll(seed.buckets());
    }

    /**
     * Carries out an order.
     *
     * @param account none where nobody remembers it
     * @return the account as it is now, the same one or a new one; none when it is still not known
     */
    public static Outcome obey(@Nullable Account account, Order order) {
        Account here = account;
        if (here == null) {
            Seed seed = order.seed();
            if (seed == null) {
                return new Outcome(null, Reply.UNKNOWN);
            }
            here = new Account(order.terms(), seed, order.now());
        }
        return new Outcome(here, here.obey(order));
    }

    /** The account after an order, and what it says. */
    public record Outcome(@Nullable Account account, Reply reply) {}

    private Reply obey(Order order) {
        if (order.terms().version() > terms.version()) {
            terms = order.terms();
        }
        latest = Math.max(latest, order.now());
        roll();
        expire();
        return switch (order.kind()) {
            case HOLD -> hold(order);
            case SETTLE -> settle(order);
            case RENEW -> renew(order);
            case LOOK -> reply(Result.DONE, 0, false);
        };
    }

    private void roll() {
        if (latest >= window.end()) {
            window = terms.window(latest);
            charged = 0;
            corrected = 0;
            warned = 0;
        }
        long length = terms.bucketLength();
        if (length > 0) {
            for (Map.Entry<Long, Long> old : buckets.headMap(oldest(length)).entrySet()) {
                charged -= old.getValue();
            }
            buckets.headMap(oldest(length)).clear();
            corrected = Math.max(0, Math.min(corrected, charged));
            warned = percent() < warned - WARNED_AGAIN_BELOW ? percent() : warned;
        }
    }

    /** The oldest bucket that counts: the one in which the period began. */
    private long oldest(long length) {
        return Math.floorDiv(latest, length) - Terms.BUCKETS;
    }

    private void expire() {
        for (Iterator<Hold> each = holds.values().iterator(); each.hasNext(); ) {
            Hold hold = each.next();
            if (hold.until() <= latest) {
                held -= hold.amount();
                expired++;
                each.remove();
            }
        }
        Iterator<Settled> each = settled.values().iterator();
        while (each.hasNext()) {
            if (each.next().at() + MEMORY > latest && settled.size() <= MOST_REMEMBERED) {
                return;
            }
            each.remove();
        }
    }

    private Reply hold(Order order) {
        Hold hold = holds.get(order.hold());
        Settled over = settled.get(order.hold());
        boolean isOver = over != null && over.generation() >= order.generation();
        if (isOver || (hold != null && hold.generation() > order.generation())) {
            return reply(Result.OVER, 0, false);
        }
        long before = hold == null ? 0 : hold.amount();
        long most = before + left();
        long wanted = Math.max(before, order.amount());
        if (wanted > most) {
            refused++;
        }
        if (hold == null && most < Math.min(order.least(), wanted)) {
            return reply(Result.REFUSED, 0, false);
        }
        long amount = Math.min(wanted, most);
        holds.put(order.hold(), new Hold(amount, order.owner(), order.generation(), order.until()));
        held += amount - before;
        return reply(amount < wanted ? Result.REFUSED : Result.DONE, amount, false);
    }

    private Reply settle(Order order) {
        Hold hold = holds.get(order.hold());
        Settled over = settled.get(order.hold());
        boolean isTheirs = hold != null && hold.generation() > order.generation();
        if (isTheirs || (over != null && over.generation() >= order.generation())) {
            return reply(Result.OVER, 0, false);
        }
        long reserved = 0;
        if (hold != null) {
            holds.remove(order.hold());
            held -= hold.amount();
            reserved = hold.amount();
        }
        long bill = order.amount() - (over == null ? 0 : over.bill());
        settled.remove(order.hold());
        settled.put(order.hold(), new Settled(order.generation(), order.amount(), latest));
        charge(bill, reserved);
        return reply(Result.DONE, 0, bill != 0);
    }

    /** @param bill below 0 when an answer turns out to have cost less than was charged for it */
    private void charge(long bill, long reserved) {
        if (bill == 0) {
            return;
        }
        revision++;
        charged += bill;
        long length = terms.bucketLength();
        if (length > 0) {
            buckets.merge(Math.floorDiv(latest, length), bill, Long::sum);
        }
        if (bill > reserved) {
            corrected += bill - reserved;
            corrections++;
        }
    }

    private Reply renew(Order order) {
        int kept = 0;
        for (String id : order.holds()) {
            Hold hold = holds.get(id);
            if (hold != null && hold.owner().equals(order.owner())) {
                long until = Math.max(hold.until(), order.until());
                holds.put(id, new Hold(hold.amount(), hold.owner(), hold.generation(), until));
                kept++;
            }
        }
        return reply(Result.DONE, kept, false);
    }

    private long left() {
        return Math.max(0, terms.ceiling() - charged - held);
    }

    private int percent() {
        return terms.limit() == 0 ? 100 : (int) Math.min(1000, (double) (charged + held) * 100 / terms.limit());
    }

    /** The warning that is due now and was not due before; it is due once in a period. */
    private int crossed() {
        int percent = percent();
        int crossed = 0;
        for (int threshold : terms.warnAt()) {
            if (threshold <= percent && threshold > warned) {
                crossed = threshold;
            }
        }
        warned = Math.max(warned, crossed);
        return crossed;
    }

    private Reply reply(Result result, long granted, boolean charges) {
        return new Reply(
                result,
                granted,
                left(),
                charged,
                held,
                corrected,
                shown(),
                crossed(),
                refused,
                corrections,
                expired,
                charges ? new Seed(window.start(), charged, corrected, buckets, revision) : null);
    }

    private Window shown() {
        long length = terms.bucketLength();
        if (length == 0) {
            return window;
        }
        long first = buckets.isEmpty() ? Math.floorDiv(latest, length) : buckets.firstKey();
        return new Window(oldest(length) * length, (first + Terms.BUCKETS + 1) * length);
    }
}
