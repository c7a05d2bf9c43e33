package dev.weir.budget;

import dev.weir.budget.Alerts.Kind;
import dev.weir.budget.BudgetLedger.Claim;
import dev.weir.budget.Ledger.Account;
import dev.weir.budget.Ledger.Asked;
import dev.weir.budget.Ledger.Course;
import dev.weir.budget.account.Reply;
import dev.weir.budget.account.Reply.Result;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one answer may use: as many output tokens as every budget in which it counts has granted. The next step is asked for
 * when half of the last one is used. Thread-safe; {@link #running} reads two fields and writes one.
 */
final class Lease implements Account, Consumption.Running {

    /** How often a budget that refused is asked again while the answer goes on with what it has. */
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final BudgetLedger ledger;
    private final Asked asked;
    private final long generation;
    private final List<Claim> claims;
    private final List<Claim> growing;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> asking = new AtomicReference<>();
    private final List<Standing> warnings = new ArrayList<>();
    private @Nullable Consumer<Standing> warned;
    private volatile long used;
    private volatile long allowed;
    private volatile long askAt;
    private volatile long askedAt;
    private volatile @Nullable Shortage shortage;

    Lease(BudgetLedger ledger, Asked asked, long generation, List<Claim> claims) {
        this.ledger = ledger;
        this.asked = asked;
        this.generation = generation;
        this.claims = claims;
        this.growing = claims.stream().filter(it -> it.budget().unit().grows()).toList();
        long output = growing.stream()
                .mapToLong(it -> within(it.budget().unit(), it.held(), asked.output()))
                .min()
                .orElse(Long.MAX_VALUE);
        this.allowed = output;
        this.askAt = growing.isEmpty() ? Long.MAX_VALUE : Math.max(0, output - ledger.step / 2);
        claims.forEach(this::takeWarning);
    }

    @Override
    public String id() {
        return asked.id();
    }

    List<Claim> claims() {
        return claims;
    }

    @Override
    public Course running(long outputTokens) {
        used = outputTokens;
        return outputTokens < askAt ? Course.GO_ON : beyond(outputTokens);
    }

    private Course beyond(long tokens) {
        boolean refused = shortage != null;
        if (asking.get() == null && (!refused || System.nanoTime() - askedAt > ASK_AGAIN_NANOS)) {
            more();
            refused = shortage != null;
        }
        if (tokens > allowed) {
            return Course.SPENT;
        }
        return refused ? Course.LAST : Course.GO_ON;
    }

    @Override
    public CompletableFuture<Boolean> more() {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> theirs = asking.compareAndExchange(null, mine);
        if (theirs != null) {
            return theirs;
        }
        askedAt = System.nanoTime();
        tryToAsk().whenComplete((nothing, failure) -> {
            asking.set(null);
            if (failure == null) {
                mine.complete(used < allowed);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private CompletableFuture<?> tryToAsk() {
        try {
            return ask(Math.max(used, Math.min(allowed, Long.MAX_VALUE / 4)) + ledger.step);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<?> ask(long wanted) {
        List<CompletableFuture<Grant>> grants = new ArrayList<>();
        for (Claim claim : growing) {
            long amount = asked.needs(claim.budget().unit(), wanted);
            grants.add(ledger.give(claim, ledger.hold(id(), claim, generation, amount, 0))
                    .thenApply(reply -> new Grant(claim, reply, amount)));
        }
        return CompletableFuture.allOf(grants.toArray(CompletableFuture[]::new))
                .thenRun(() -> granted(
                        wanted, grants.stream().map(CompletableFuture::join).toList()));
    }

    private record Grant(Claim claim, Reply reply, long amount) {
        boolean isShort() {
            return reply.result() == Result.REFUSED || reply.granted() < amount;
        }
    }

    private void granted(long wanted, List<Grant> grants) {
        long least = wanted;
        Shortage none = null;
        for (Grant grant : grants) {
            grant.claim().granted(grant.reply());
            takeWarning(grant.claim());
            if (grant.isShort()) {
                Standing standing = Teller.standing(grant.claim().budget(), grant.reply());
                none = new Shortage(standing, grant.amount());
                least = Math.min(
                        least,
                        within(grant.claim().budget().unit(), grant.reply().granted(), wanted));
            }
        }
        allowed = Math.max(allowed, least);
        shortage = none;
        askAt = none == null ? allowed - ledger.step / 2 : 0;
    }

    /** The most output tokens that what was granted is enough for. */
    private long within(Unit unit, long granted, long wanted) {
        long low = 0;
        long high = wanted;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (asked.needs(unit, middle) <= granted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void takeWarning(Claim claim) {
        claim.warning().ifPresent(standing -> {
            ledger.tell(Kind.WARNED, standing, asked.payer());
            Consumer<Standing> listener;
            synchronized (warnings) {
                listener = warned;
                if (listener == null) {
                    warnings.add(standing);
                }
            }
            if (listener != null) {
                listener.accept(standing);
            }
        });
    }

    @Override
    public void listen(Consumer<Standing> listener) {
        List<Standing> before;
        synchronized (warnings) {
            warned = listener;
            before = List.copyOf(warnings);
            warnings.clear();
        }
        before.forEach(listener);
    }

    @Override
    public Optional<Shortage> shortage() {
        return Optional.ofNullable(shortage);
    }

    /** An account has forgotten what is held here. */
    void holdAgain(Claim claim) {
        if (!over.get()) {
            ledger.give(claim, ledger.hold(id(), claim, generation, claim.held(), 0));
        }
    }

    @Override
    public Payer payer() {
        return asked.payer();
    }

    @Override
    public Instant since() {
        return Instant.ofEpochMilli(generation);
    }

    @Override
    public Usage before() {
        return asked.before();
    }

    @Override
    public Usage used() {
        long tokens = used;
        long micros = asked.tariff().micros(asked.input(), 0, tokens);
        return new Usage(asked.input(), tokens, micros, true).plus(asked.before());
    }

    @Override
    public CompletionStage<@Nullable Void> settle(Usage usage, Outcome outcome) {
        if (!over.compareAndSet(false, true)) {
            return CompletableFuture.completedStage(null);
        }
        ledger.ended(this, usage);
        claims.forEach(
                it -> ledger.settle(asked, it, generation, it.budget().unit().bill(usage)));
        return ledger.books.bill(
                new Bill(id(), generation, Instant.ofEpochMilli(ledger.teller.now()), asked.payer(), usage, outcome));
    }

    @Override
    public void leave() {
        if (over.compareAndSet(false, true)) {
            ledger.closed(this);
        }
    }
}
