package dev.weir.budget;

import dev.weir.budget.Alerts.Alert;
import dev.weir.budget.Alerts.Kind;
import dev.weir.budget.account.Accounts;
import dev.weir.budget.account.Order;
import dev.weir.budget.account.Reply;
import dev.weir.budget.account.Reply.Result;
import dev.weir.budget.account.Terms;
import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a node. What is held and charged is in the {@link dev.weir.budget.account.Accounts accounts}, of which each
 * budget has one for all nodes; what was settled goes to the database behind it. Thread-safe.
 */
public final class BudgetLedger implements Ledger {

    /** How long a hold lasts of which nobody hears. */
    static final long LIFE_MILLIS = 12_000;

    private static final Logger LOG = LoggerFactory.getLogger(BudgetLedger.class);
    private static final long PATIENCE_SECONDS = 10;

    final Budgets budgets;
    final Teller teller;
    final Books books;
    final Alerts alerts;
    final Consumption consumption;
    private final Supplier<String> node;
    final int step;
    private final Set<Lease> open = ConcurrentHashMap.newKeySet();

    /**
     * A ledger.
     *
     * @param node the id of this node, which is another one after it has joined anew
     * @param step output tokens that are leased at a time, at least 2
     */
    public static BudgetLedger of(
            Budgets budgets,
            BudgetStore store,
            Accounts accounts,
            Alerts alerts,
            Consumption consumption,
            Supplier<String> node,
            int step) {
        return new BudgetLedger(
                budgets, new Teller(store, accounts), new Books(store), alerts, consumption, node, step);
    }

    BudgetLedger(
            Budgets budgets,
            Teller teller,
            Books books,
            Alerts alerts,
            Consumption consumption,
            Supplier<String> node,
            int step) {
        this.budgets = budgets;
        this.teller = teller;
        this.books = books;
        this.alerts = alerts;
        this.consumption = consumption;
        this.node = node;
        this.step = step;
    }

    @Override
    public Optional<Detour> detour(Payer payer) {
        for (Budget budget : budgets.of(payer)) {
            if (budget.atLimit() instanceof AtLimit.Degrade degrade
                    && !budget.paused()
                    && !degrade.model().equals(payer.model())) {
                Standing standing = teller.standing(budget);
                if (standing.percent() >= degrade.percent()) {
                    return Optional.of(new Detour(degrade.model(), standing));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void check(Asked asked) {
        List<Budget> concerned = budgets.of(asked.payer());
        List<Standing> standings = teller.standings(concerned);
        for (Standing standing : standings) {
            Budget budget = standing.budget();
            long needed = asked.needs(budget.unit(), asked.output());
            if (!budget.paused() && needed > standing.left()) {
                countRefusal(asked, budget, needed);
                throw refused(asked, standing, needed);
            }
        }
    }

    /** Has the account refuse it as well; what it may grant meanwhile is given back. */
    private void countRefusal(Asked asked, Budget budget, long needed) {
        Asked look = new Asked("look-" + Ids.next(), asked.payer(), asked.tariff(), 0, 0, Usage.NOTHING);
        Claim claim = new Claim(budget);
        long generation = teller.now();
        give(claim, hold(look.id(), claim, generation, needed, needed)).thenAccept(reply -> {
            if (reply.result() == Result.DONE) {
                settle(look, claim, generation, 0);
            }
        });
    }

    private OverBudget refused(Asked asked, Standing standing, long needed) {
        tell(Kind.REFUSED, standing, asked.payer());
        return new OverBudget(new Shortage(standing, needed));
    }

    @Override
    public Account admit(Asked asked) {
        long generation = teller.now();
        List<Claim> claims = new ArrayList<>();
        try {
            for (Budget budget : budgets.of(asked.payer())) {
                claims.add(claimed(asked, generation, budget));
            }
        } catch (RuntimeException e) {
            claims.forEach(it -> settle(asked, it, generation, 0));
            throw e;
        }
        claims.stream()
                .filter(it -> it.budget().unit() == Unit.REQUESTS)
                .forEach(it -> settle(asked, it, generation, 1));
        return opened(asked, generation, claims);
    }

    private Claim claimed(Asked asked, long generation, Budget budget) {
        long needed = asked.needs(budget.unit(), asked.output());
        Claim claim = new Claim(budget);
        long least = asked.needs(budget.unit(), Math.min(asked.output(), LEAST_OUTPUT));
        Reply reply = join(give(claim, hold(asked.id(), claim, generation, needed, least)));
        if (reply.granted() < least) {
            throw refused(asked, Teller.standing(budget, reply), least);
        }
        claim.granted(reply);
        return claim;
    }

    Order hold(String id, Claim claim, long generation, long amount, long least) {
        long now = teller.now();
        return Order.hold(id, node.get(), generation, amount, least, now, now + LIFE_MILLIS, claim.terms());
    }

    @Override
    public Account goOn(Asked asked) {
        long generation = teller.now();
        List<Claim> claims = new ArrayList<>();
        for (Budget budget : budgets.of(asked.payer())) {
            if (budget.unit() != Unit.REQUESTS) {
                Claim claim = new Claim(budget);
                long needed = asked.needs(budget.unit(), asked.output());
                try {
                    claim.granted(join(give(claim, hold(asked.id(), claim, generation, needed, 0))));
                } catch (RuntimeException e) {
                    LOG.warn("What another node held in budget {} could not be taken over", budget.id(), e);
                }
                claims.add(claim);
            }
        }
        Lease lease = opened(asked, generation, claims);
        lease.more();
        return lease;
    }

    private Lease opened(Asked asked, long generation, List<Claim> claims) {
        List<Claim> kept = claims.stream()
                .filter(it -> it.budget().unit() != Unit.REQUESTS)
                .toList();
        Lease lease = new Lease(this, asked, generation, kept);
        open.add(lease);
        consumption.begun(lease);
        return lease;
    }

    void ended(Lease lease, Usage bill) {
        open.remove(lease);
        consumption.ended(lease, bill);
    }

    void closed(Lease lease) {
        open.remove(lease);
        consumption.gone(lease);
    }

    /** Gives an order; what of it is to be kept is kept, and whom it warns is told. */
    CompletableFuture<Reply> give(Claim claim, Order order) {
        return teller.give(claim.budget().id(), order).thenApply(reply -> {
            books.charged(claim.budget().id(), reply.charge());
            if (reply.crossed() > 0) {
                claim.crossed(Teller.standing(claim.budget(), reply));
            }
            return reply;
        });
    }

    /** Charges a bill, and does not give up. */
    void settle(Asked asked, Claim claim, long generation, long bill) {
        settle(asked.id(), asked.payer(), claim, generation, bill);
    }

    private void settle(String id, Payer payer, Claim claim, long generation, long bill) {
        books.untilDone(
                claim.budget().id(),
                () -> give(claim, Order.settle(id, node.get(), generation, bill, teller.now(), claim.terms()))
                        .thenAccept(reply -> claim.warning().ifPresent(it -> tell(Kind.WARNED, it, payer))));
    }

    @Override
    public boolean hasBill(String id) {
        return books.has(id);
    }

    @Override
    public void book(String id, Payer payer, Usage usage) {
        long generation = teller.now();
        consumption.used(payer, usage);
        books.bill(new Bill(id, generation, Instant.ofEpochMilli(generation), payer, usage, Outcome.COMPLETE));
        for (Budget budget : budgets.of(payer)) {
            if (budget.unit() != Unit.REQUESTS && budget.unit() != Unit.CONCURRENT_TURNS) {
                settle(id, payer, new Claim(budget), generation, budget.unit().bill(usage));
            }
        }
    }

    /** Has what was settled written, and tries again what failed. Blocks. */
    void flush() {
        books.flush();
    }

    /** How much of what was settled is not where it has to be yet. */
    int waiting() {
        return books.waiting();
    }

    /** Keeps what is held for longer; what an account has forgotten is held anew. */
    void renew() {
        open.stream()
                .flatMap(lease -> lease.claims().stream().map(claim -> new Open(lease, claim)))
                .collect(Collectors.groupingBy(it -> it.claim().budget().id()))
                .forEach(this::renew);
    }

    private record Open(Lease lease, Claim claim) {}

    private void renew(String budget, List<Open> held) {
        List<String> ids = held.stream().map(it -> it.lease().id()).toList();
        Claim any = held.getFirst().claim();
        long now = teller.now();
        give(any, Order.renew(ids, node.get(), now, now + LIFE_MILLIS, any.terms()))
                .whenComplete((reply, failure) -> {
                    if (failure != null) {
                        LOG.warn("What is held in budget {} could not be kept", budget, failure);
                    } else if (reply.granted() < ids.size()) {
                        held.forEach(it -> it.lease().holdAgain(it.claim()));
                    }
                });
    }

    @Override
    public void tell(Kind kind, Standing standing, Payer payer) {
        alerts.tell(new Alert(Instant.ofEpochMilli(teller.now()), kind, standing, payer));
    }

    static Reply join(CompletableFuture<Reply> reply) {
        try {
            return reply.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("A budget could not be asked. Please try again in a moment.", e);
        }
    }

    /** What an answer has in one budget. */
    static final class Claim {

        private final Budget budget;
        private final Terms terms;
        private volatile long held;
        private volatile @Nullable Standing crossed;

        Claim(Budget budget) {
            this.budget = budget;
            this.terms = Terms.of(budget);
        }

        Budget budget() {
            return budget;
        }

        Terms terms() {
            return terms;
        }

        long held() {
            return held;
        }

        void granted(Reply reply) {
            held = reply.granted();
        }

        private void crossed(Standing standing) {
            crossed = standing;
        }

        /** The warning that came since the last call. */
        Optional<Standing> warning() {
            Standing warning = crossed;
            crossed = null;
            return Optional.ofNullable(warning);
        }
    }
}
