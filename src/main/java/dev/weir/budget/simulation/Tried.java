package dev.weir.budget.simulation;

import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.Payer;
import dev.weir.budget.Period;
import dev.weir.budget.Periods;
import dev.weir.budget.Unit;
import dev.weir.budget.Window;
import dev.weir.budget.account.Account;
import dev.weir.budget.account.Order;
import dev.weir.budget.account.Reply;
import dev.weir.budget.account.Seed;
import dev.weir.budget.account.Terms;
import dev.weir.event.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A budget that is being tried out, with an account of its own. Time never goes back. Not thread-safe. */
final class Tried {

    private final Budget budget;
    private final Terms terms;
    private @Nullable Account account;
    private @Nullable Running running;
    private final List<Trial.Stretch> first = new ArrayList<>();
    private final List<Trial.Stretch> firstReached = new ArrayList<>();
    private long answers;
    private long used;
    private long charged;
    private long refused;
    private long cut;
    private long degraded;
    private long switched;
    private long periods;
    private long reached;

    /** The period that runs. */
    private static final class Running {
        private final Window window;
        private long used;
        private long charged;
        private long refused;
        private @Nullable Instant reachedAt;

        Running(Window window) {
            this.window = window;
        }

        void reached(Instant at) {
            reachedAt = reachedAt == null ? at : reachedAt;
        }

        Trial.Stretch done() {
            return new Trial.Stretch(window, used, charged, refused, Optional.ofNullable(reachedAt));
        }
    }

    Tried(Budget budget) {
        this.budget = budget;
        this.terms = Terms.of(budget);
    }

    boolean isSimulated() {
        return budget.unit() != Unit.CONCURRENT_TURNS;
    }

    boolean concerns(Payer payer) {
        return isSimulated() && budget.reach().covers(payer);
    }

    Unit unit() {
        return budget.unit();
    }

    AtLimit atLimit() {
        return budget.atLimit();
    }

    /** Counts an answer as it was. */
    void saw(Bill bill) {
        if (budget.reach().covers(bill.payer())) {
            long amount = budget.unit().bill(bill.usage());
            answers++;
            used += amount;
            running(bill.at()).used += amount;
        }
    }

    /** To which model it would have led; empty for none. */
    Optional<String> detour(Payer payer, Instant at) {
        if (!concerns(payer)
                || budget.paused()
                || !(budget.atLimit() instanceof AtLimit.Degrade degrade)
                || degrade.model().equals(payer.model())) {
            return Optional.empty();
        }
        boolean led = percent(give(Order.look(at.toEpochMilli(), terms)).charged()) >= degrade.percent();
        return led ? Optional.of(degrade.model()) : Optional.empty();
    }

    private int percent(long taken) {
        return budget.limit() == 0 ? 100 : (int) Math.min(1000, (double) taken * 100 / budget.limit());
    }

    void degraded() {
        degraded++;
    }

    /** How much it would have had left. */
    long left(Instant at) {
        return give(Order.look(at.toEpochMilli(), terms)).left();
    }

    void refuse(Instant at) {
        refused++;
        running(at).refused++;
        running(at).reached(at);
    }

    /** It had too little for the rest of an answer. */
    void cut(Instant at, boolean goesOn) {
        cut += goesOn ? 0 : 1;
        switched += goesOn ? 1 : 0;
        running(at).reached(at);
    }

    void charge(String answer, Usage usage, Instant at) {
        long amount = budget.unit().bill(usage);
        charged += amount;
        Reply reply = give(Order.settle(answer, "", 1, amount, at.toEpochMilli(), terms));
        running(at).charged += amount;
        if (reply.charged() >= budget.limit()) {
            running(at).reached(at);
        }
    }

    private Reply give(Order order) {
        Account.Outcome outcome = Account.obey(account, account == null ? order.with(Seed.NONE) : order);
        account = outcome.account();
        return outcome.reply();
    }

    private Running running(Instant at) {
        Running now = running;
        if (now == null || at.toEpochMilli() >= now.window.end()) {
            end();
            now = new Running(window(at));
            running = now;
        }
        return now;
    }

    private Window window(Instant at) {
        Period.Calendar calendar = budget.period() instanceof Period.Calendar period ? period : Period.Calendar.DAY;
        return Periods.window(calendar, budget.zone(), at);
    }

    private void end() {
        if (running == null) {
            return;
        }
        Trial.Stretch done = running.done();
        running = null;
        periods++;
        keep(first, done);
        if (done.reachedAt().isPresent()) {
            reached++;
            keep(firstReached, done);
        }
    }

    private static void keep(List<Trial.Stretch> stretches, Trial.Stretch done) {
        if (stretches.size() < Trial.MOST) {
            stretches.add(done);
        }
    }

    /** What came of it; nothing more can be tried. */
    Trial trial() {
        end();
        return new Trial(
                budget,
                isSimulated(),
                answers,
                used,
                charged,
                refused,
                cut,
                degraded,
                switched,
                periods,
                reached,
                periods <= Trial.MOST ? first : firstReached);
    }
}
