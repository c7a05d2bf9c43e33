package dev.weir.budget;

import dev.weir.budget.account.Accounts;
import dev.weir.event.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The budgets that there are, as this node knows them: those that are kept, read anew as soon as the news of a change
 * arrives, and in any case once a minute. Changes count at once on every node: accounts go by the newest terms that anybody
 * has told them. Thread-safe.
 */
@ApplicationScoped
public class Budgets {

    static final Duration LIFE = Duration.ofMinutes(1);

    /** The most budgets of an installation: each answer looks through all of them. */
    public static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);

    private final BudgetStore store;
    private final BudgetNews news;
    private final Teller teller;
    private final InstantSource clock;
    private volatile Known known = new Known(List.of(), Long.MIN_VALUE, -1);
    private volatile long changes;
    private boolean listening;

    /** @param change the number of changes that had been heard of when it was read */
    private record Known(List<Budget> budgets, long until, long change) {}

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Budgets() {
        this(null, null, null, null);
    }

    @Inject
    public Budgets(BudgetStore store, BudgetNews news, Accounts accounts) {
        this(store, news, new Teller(store, accounts), InstantSource.system());
    }

    Budgets(BudgetStore store, BudgetNews news, Teller teller, InstantSource clock) {
        this.store = store;
        this.news = news;
        this.teller = teller;
        this.clock = clock;
    }

    /**
     * All budgets, by their ids. Blocks when they have to be read; those known last are given while they can't be.
     *
     * @throws RuntimeException when they could not be read yet
     */
    public List<Budget> all() {
        listen();
        Known now = known;
        if (now.change() == changes && clock.millis() < now.until()) {
            return now.budgets();
        }
        return read(now);
    }

    private synchronized List<Budget> read(Known seen) {
        if (known.change() != seen.change() || known.until() != seen.until()) {
            return known.budgets();
        }
        long change = changes;
        try {
            List<Budget> read = store.all().stream()
                    .sorted(Comparator.comparing(Budget::id))
                    .toList();
            known = new Known(read, clock.millis() + LIFE.toMillis(), change);
            return read;
        } catch (RuntimeException e) {
            if (seen.change() < 0) {
                throw e;
            }
            LOG.warn("The budgets could not be read; those known last are used", e);
            known = new Known(seen.budgets(), clock.millis() + LIFE.toMillis(), change);
            return seen.budgets();
        }
    }

    private synchronized void listen() {
        if (listening) {
            return;
        }
        try {
            news.listen(this::changed);
            listening = true;
        } catch (RuntimeException e) {
            LOG.debug("This node does not hear of changed budgets yet", e);
        }
    }

    private synchronized void changed() {
        changes++;
    }

    /** Those in which an answer counts, by their ids. */
    List<Budget> of(Payer payer) {
        return all().stream().filter(it -> it.reach().covers(payer)).toList();
    }

    public Optional<Budget> find(String id) {
        return all().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /**
     * Makes a budget. Blocks.
     *
     * @throws BudgetProblem when it can't be so
     */
    public Budget create(Draft draft) {
        Budget budget = imagined(Ids.next(), draft);
        if (all().size() >= MOST) {
            throw BudgetProblem.invalid("There are %,d budgets, and no more can be made. Delete some.".formatted(MOST));
        }
        store.insert(budget);
        tell();
        return find(budget.id()).orElse(budget);
    }

    /**
     * The budget that would be made, which nobody keeps. Blocks.
     *
     * @throws BudgetProblem when it can't be so
     */
    public Budget imagined(Draft draft) {
        return imagined("draft", draft).in(timeZone(draft.reach().organisation()));
    }

    private static Budget imagined(String id, Draft draft) {
        Budget budget = new Budget(
                id,
                draft.name().strip(),
                draft.reach().organisation(),
                draft.reach(),
                draft.unit(),
                draft.limit(),
                draft.period(),
                ZoneOffset.UTC,
                draft.warnAt(),
                draft.atLimit(),
                draft.paused(),
                1);
        BudgetRules.check(budget);
        return budget;
    }

    /**
     * Changes a budget. What waits for a limit to be raised goes on. Blocks.
     *
     * @param version that of the budget from which the change was made; empty: whatever it is now
     * @throws BudgetProblem when there is no such budget, it has another version by now, or it can't be so
     */
    public Budget change(String id, Change change, Optional<Long> version) {
        while (true) {
            Budget before = kept(id);
            if (version.isPresent() && version.get() != before.version()) {
                throw BudgetProblem.changed();
            }
            Budget next = before.changed(change);
            BudgetRules.check(next);
            if (store.replace(next)) {
                tell();
                teller.standing(next);
                return next;
            }
        }
    }

    private Budget kept(String id) {
        return store.all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow(BudgetProblem::none);
    }

    /** Deletes a budget; @throws BudgetProblem when there is no such budget. */
    public void delete(String id) {
        if (!store.delete(id)) {
            throw BudgetProblem.none();
        }
        tell();
        teller.forget(id);
    }

    /** Where an organisation's days and months begin. Blocks. */
    public ZoneId timeZone(String organisation) {
        return store.zone(organisation);
    }

    /** Has them begin elsewhere; what runs goes on to its end. Empty: where the installation's do. Blocks. */
    public boolean setTimeZone(String organisation, Optional<ZoneId> zone) {
        boolean done = store.zone(organisation, zone);
        tell();
        return done;
    }

    private void tell() {
        changed();
        try {
            news.tell();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Other nodes could not be told that budgets have changed; they notice within {} s",
                    LIFE.toSeconds(),
                    e);
        }
    }

    /** How budgets stand now, in the same order. Blocks for as long as it takes to ask for all of them at once. */
    public List<Standing> standings(List<Budget> budgets) {
        return teller.standings(budgets);
    }
}
