package dev.weir.turn;

import dev.weir.budget.Alerts.Kind;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Ledger;
import dev.weir.budget.Ledger.Account;
import dev.weir.budget.Ledger.Course;
import dev.weir.budget.Payer;
import dev.weir.budget.Shortage;
import dev.weir.budget.Standing;
import dev.weir.budget.rate.Rate;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.model.ModelSpec.Price;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one branch spends: its account, and what becomes of the branch when that is short. Used by the model's thread, one
 * call at a time, but for the end.
 */
final class Spending {

    private static final Logger LOG = LoggerFactory.getLogger(Spending.class);

    /** The longest wait for a lease that was asked for and has not come yet. */
    private static final Duration LATE = Duration.ofSeconds(5);

    /** How often a budget that is used up is asked again. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(300);

    private static final String UNREACHABLE =
            "The budgets could not be asked, so the answer was ended here. You can continue it.";

    private final Purse purse;
    private final Ledger.Asked asked;
    private final Account account;
    private final Billing billing;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final SentenceWatch sentence = new SentenceWatch();
    private boolean switching;

    /** Tokens that the caller's rate has been charged with already. */
    private volatile long counted;

    private volatile CompletionStage<?> billed = CompletableFuture.completedStage(null);

    private @Nullable Spender spender;

    /** Whose spending it is. */
    interface Spender {

        /** Tells the room. */
        void notice(String text);

        /** As {@link dev.weir.pipeline.BranchContext#await}. */
        boolean await(CompletionStage<?> what, Duration atMost);

        boolean ending();

        void overBudget(String reason);

        /** Has another model go on; false when it can't. */
        boolean goOnWith(String model, String notice);
    }

    Spending(Purse purse, Ledger.Asked asked, Account account, Billing billing) {
        this.purse = purse;
        this.asked = asked;
        this.account = account;
        this.billing = billing;
    }

    /**
     * Holds what an answer needs first.
     *
     * @throws dev.weir.budget.OverBudget when there is not so much
     */
    static Spending admit(Purse purse, TurnOrder order, TurnOrder.Answering answering, String branch) {
        Price price = answering.model().spec().price();
        Ledger.Asked asked =
                purse.asked(branch, Purse.payer(order, answering.model()), price, answering.prompt(), Usage.NOTHING);
        return new Spending(purse, asked, purse.ledger().admit(asked), new Billing(order.key(), price, Usage.NOTHING));
    }

    /**
     * Counts it as a request of the caller.
     *
     * @return how the caller stands; empty when there is no limit
     * @throws dev.weir.budget.rate.TooFast when they have to wait
     */
    Optional<Rate> take() {
        Optional<Rate> rate = purse.rates().take(asked.payer(), 1, asked.input() + asked.output());
        counted = rate.isPresent() ? asked.input() + asked.output() : 0;
        return rate;
    }

    /** Takes over what another node holds for an answer. */
    static Spending goOn(
            Purse purse, TurnOrder order, TurnOrder.Answering answering, String branch, Billing billing, Usage used) {
        Ledger.Asked asked = purse.asked(
                branch,
                Purse.payer(order, answering.model()),
                billing.price(),
                answering.prompt(),
                used.minus(billing.settled()));
        return new Spending(purse, asked, purse.ledger().goOn(asked), billing);
    }

    /** Takes over what another node holds for an answer that only needs to be settled. */
    static Spending goOn(Purse purse, AnswerUnderWay answer, Usage used) {
        Payer payer = new Payer(
                answer.organisation(),
                answer.requestedBy().id(),
                answer.billing().key(),
                answer.room(),
                answer.model());
        Ledger.Asked asked = purse.asked(
                answer.branch(),
                payer,
                answer.billing().price(),
                answer.prompt(),
                used.minus(answer.billing().settled()));
        return new Spending(purse, asked, purse.ledger().goOn(asked), answer.billing());
    }

    /** The same, of an answer of which so much has been billed already. */
    Spending after(Usage billed) {
        return new Spending(purse, asked, account, new Billing(billing.key(), billing.price(), billed));
    }

    Price price() {
        return billing.price();
    }

    Billing billing() {
        return billing;
    }

    void begin(Spender of) {
        spender = of;
        account.listen(it -> of.notice(warning(it)));
    }

    private static String warning(Standing standing) {
        return "%d %% of the budget \"%s\" are used."
                .formatted(standing.percent(), standing.budget().name());
    }

    /** Output tokens have come; returns when the branch may go on with them or has been ended. */
    void tokens(long outputTokens) {
        Course course = account.running(outputTokens);
        if (course != Course.GO_ON) {
            react(course);
        } else if (sentence.watching()) {
            sentence.forget();
        }
    }

    private void react(Course course) {
        Spender of = spender;
        if (of == null || of.ending()) {
            return;
        }
        Optional<AtLimit> atLimit = account.shortage().map(it -> it.budget().atLimit());
        if (course == Course.SPENT) {
            if (!thereIsMore(of)) {
                spent(of, () -> true);
            }
        } else if (atLimit.filter(AtLimit.Switch.class::isInstance).isPresent()) {
            goOnWithAnother(of);
        } else if (atLimit.filter(AtLimit.FinishSentence.class::isInstance).isPresent()) {
            sentence.watch();
        }
    }

    private boolean thereIsMore(Spender of) {
        CompletableFuture<Boolean> more = account.more();
        return of.await(more, LATE) && !more.isCompletedExceptionally() && more.getNow(false);
    }

    private boolean goOnWithAnother(Spender of) {
        Optional<Shortage> shortage = account.shortage();
        if (switching
                || shortage.isEmpty()
                || !(shortage.get().budget().atLimit() instanceof AtLimit.Switch next)
                || !billing.settled().equals(Usage.NOTHING)) {
            return false;
        }
        switching = true;
        String notice = "The budget \"%s\" is used up. From here on, another model answers."
                .formatted(shortage.get().budget().name());
        boolean goesOn = of.goOnWith(next.model(), notice);
        if (goesOn) {
            purse.ledger().tell(Kind.SWITCHED, shortage.get().standing(), asked.payer());
        }
        return goesOn;
    }

    /** How much of a delta goes on before the branch has to wait: all of it, but at the end of the last sentence. */
    int until(String delta) {
        return sentence.watching() ? sentence.end(delta) : delta.length();
    }

    /** The last sentence has ended. */
    void sentenceEnded() {
        sentence.forget();
        Spender of = spender;
        if (of != null && !of.ending()) {
            spent(of, () -> account.shortage().isEmpty());
        }
    }

    /**
     * Another model, or more after some time, or the end.
     *
     * @param isEnough whether what is there now is enough to go on
     */
    private void spent(Spender of, BooleanSupplier isEnough) {
        if (goOnWithAnother(of)) {
            return;
        }
        String words = account.shortage().map(Shortage::words).orElse(UNREACHABLE);
        if (purse.patience().isPositive() && !of.ending()) {
            of.notice("%s This answer waits up to %d s for more."
                    .formatted(words, Math.max(1, purse.patience().toSeconds())));
            long deadline = System.nanoTime() + purse.patience().toNanos();
            boolean late = false;
            while (!late && !of.ending()) {
                late = System.nanoTime() >= deadline;
                if (thereIsMore(of) && isEnough.getAsBoolean()) {
                    of.notice("There is more in the budget, and the answer goes on.");
                    return;
                }
                if (!late) {
                    of.await(new CompletableFuture<>(), ASK_AGAIN);
                }
            }
        }
        if (!of.ending()) {
            account.shortage().ifPresent(it -> purse.ledger().tell(Kind.CUT, it.standing(), asked.payer()));
            of.overBudget(words);
        }
    }

    /** Charges what was used in all, on all nodes; the first call counts. What the ledger throws does not disturb the branch. */
    void settle(Usage usage, Outcome outcome) {
        if (settled.compareAndSet(false, true)) {
            try {
                Usage own = usage.minus(billing.settled());
                billed = account.settle(own, outcome);
                purse.rates().used(asked.payer(), own.inputTokens() + own.outputTokens() - counted);
            } catch (RuntimeException e) {
                LOG.error("An answer of {} micros could not be settled", usage.micros(), e);
            }
        }
    }

    /** Completes when the database has the bill; at once when nothing was settled yet. */
    CompletionStage<?> billed() {
        return billed;
    }

    /** Gives everything back: the answer never began. */
    void abandon() {
        settle(billing.settled(), Outcome.FAILED);
    }

    /** Another node goes on. */
    void leave() {
        if (settled.compareAndSet(false, true)) {
            account.leave();
        }
    }
}
