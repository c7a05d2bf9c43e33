package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.budget.Ledger.Account;
import dev.weir.budget.Ledger.Asked;
import dev.weir.budget.Ledger.Course;
import dev.weir.budget.account.Accounts;
import dev.weir.budget.account.MemoryAccounts;
import dev.weir.budget.account.Order;
import dev.weir.budget.account.Reply;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BudgetLedgerTest {

    private static final Payer ADA = new Payer("org", "ada", "r", "fast");

    private Instant time = Instant.parse("2026-03-28T12:00:00Z");
    private final InstantSource clock = () -> time;
    private final MemoryAccounts accounts = new MemoryAccounts(clock);
    private final BudgetRig rig = new BudgetRig(accounts, clock, 16);

    private static Asked asked(String id, long input) {
        return new Asked(id, ADA, Tariff.FREE, input, 16, Usage.NOTHING);
    }

    private static Usage used(long input, long output) {
        return new Usage(input, output, 0, true);
    }

    @Test
    void leases_ahead_of_need_in_steps() {
        Budget budget = rig.budget(Unit.TOKENS, 1000, AtLimit.CUT);
        Account account = rig.ledger.admit(asked("a", 10));
        assertThat(rig.standing(budget).held()).isEqualTo(26);
        assertThat(account.running(7)).isEqualTo(Course.GO_ON);
        assertThat(rig.standing(budget).held()).isEqualTo(26);
        account.running(8);
        assertThat(rig.standing(budget).held()).isEqualTo(42);
        account.settle(used(10, 9), Outcome.COMPLETE);
        account.settle(used(10, 9), Outcome.COMPLETE);
        assertThat(rig.standing(budget).held()).isZero();
        assertThat(rig.standing(budget).charged()).isEqualTo(19);
    }

    @Test
    void says_when_no_more_is_to_be_had_and_when_there_is_again() {
        Budget budget = rig.budget(Unit.OUTPUT_TOKENS, 20, AtLimit.CUT);
        Account account = rig.ledger.admit(asked("a", 10));
        assertThat(account.running(9)).isEqualTo(Course.LAST);
        assertThat(account.running(20)).isEqualTo(Course.LAST);
        assertThat(account.running(21)).isEqualTo(Course.SPENT);
        assertThat(account.shortage().orElseThrow().words()).contains("20 output tokens");
        assertThat(account.more().join()).isFalse();
        rig.budgets.change(budget.id(), Change.limit(100), Optional.empty());
        assertThat(account.more().join()).isTrue();
        assertThat(account.running(22)).isEqualTo(Course.GO_ON);
    }

    @Test
    void begins_with_less_than_a_step_when_no_more_is_left() {
        Budget budget = rig.budget(Unit.OUTPUT_TOKENS, 40, AtLimit.CUT);
        rig.ledger.admit(new Asked("a", ADA, Tariff.FREE, 10, 20, Usage.NOTHING));
        Account account = rig.ledger.admit(new Asked("b", ADA, Tariff.FREE, 10, 300, Usage.NOTHING));
        assertThat(rig.standing(budget).held()).isEqualTo(40);
        assertThat(account.running(20)).isEqualTo(Course.LAST);
        assertThat(account.running(21)).isEqualTo(Course.SPENT);
        assertThatThrownBy(() -> rig.ledger.admit(asked("c", 1))).isInstanceOf(OverBudget.class);
        assertThat(rig.standing(budget).held()).isEqualTo(40);
    }

    @Test
    void a_paused_budget_refuses_nothing() {
        Budget budget = rig.budget(Unit.TOKENS, 5, AtLimit.CUT);
        assertThatThrownBy(() -> rig.ledger.admit(asked("a", 10))).isInstanceOf(OverBudget.class);
        rig.budgets.change(budget.id(), Change.paused(true), Optional.empty());
        rig.ledger.check(asked("a", 10));
        rig.ledger.admit(asked("a", 10)).settle(used(10, 3), Outcome.COMPLETE);
        assertThat(rig.standing(budget).charged()).isEqualTo(13);
    }

    @Test
    void goes_on_after_a_restart_with_what_was_settled() {
        Budget budget = rig.budget(Unit.TOKENS, 1000, AtLimit.CUT);
        rig.ledger.admit(asked("a", 10)).settle(used(10, 3), Outcome.COMPLETE);
        rig.ledger.admit(asked("lost", 10));
        BudgetRig after = rig.restarted(clock);
        assertThat(after.standing(budget).charged()).isEqualTo(13);
        assertThat(after.standing(budget).held()).isZero();
        after.ledger.admit(asked("b", 10)).settle(used(10, 1), Outcome.COMPLETE);
        assertThat(after.standing(budget).charged()).isEqualTo(24);
    }

    @Test
    void writes_what_was_settled_when_the_database_is_back() {
        Budget budget = rig.budget(Unit.TOKENS, 1000, AtLimit.CUT);
        rig.store.away(true);
        rig.ledger.admit(asked("a", 10)).settle(used(10, 3), Outcome.COMPLETE);
        rig.ledger.flush();
        assertThat(rig.ledger.waiting()).isPositive();
        rig.store.away(false);
        rig.ledger.flush();
        assertThat(rig.ledger.waiting()).isZero();
        assertThat(rig.store.seed(budget.id()).orElseThrow().charged()).isEqualTo(13);
        assertThat(rig.store.bills()).hasSize(1);
    }

    @Test
    void another_node_takes_over_what_is_held_and_bills_once() {
        Budget budget = rig.budget(Unit.TOKENS, 1000, AtLimit.CUT);
        BudgetLedger two = other("n2");
        Account first = rig.ledger.admit(asked("a", 10));
        first.running(5);
        time = time.plusSeconds(3);
        Account second = two.goOn(new Asked("a", ADA, Tariff.FREE, 15, 16, used(10, 5)));
        first.settle(used(10, 5), Outcome.FAILED);
        assertThat(rig.standing(budget).charged()).isZero();
        second.settle(used(25, 9), Outcome.COMPLETE);
        second.settle(used(25, 9), Outcome.COMPLETE);
        assertThat(rig.standing(budget).charged()).isEqualTo(34);
        assertThat(rig.standing(budget).held()).isZero();
        rig.ledger.flush();
        two.flush();
        assertThat(rig.store.bills())
                .extracting(it -> it.usage().outputTokens())
                .containsExactly(9L);
    }

    private BudgetLedger other(String node) {
        Teller teller = new Teller(rig.store, accounts, Runnable::run);
        Budgets budgets = new Budgets(rig.store, BudgetNews.ALONE, teller, clock);
        return new BudgetLedger(budgets, teller, new Books(rig.store), new Alerts(), new Consumption(), () -> node, 16);
    }

    @Test
    void what_a_dead_node_held_comes_back_and_what_a_living_one_holds_stays() {
        Budget budget = rig.budget(Unit.TOKENS, 1000, AtLimit.CUT);
        rig.ledger.admit(asked("alive", 10));
        other("n2").admit(asked("dead", 10));
        for (int i = 0; i < 5; i++) {
            time = time.plus(Duration.ofSeconds(3));
            rig.ledger.renew();
        }
        assertThat(rig.standing(budget).held()).isEqualTo(26);
        assertThat(rig.standing(budget).expired()).isEqualTo(1);
    }

    @Test
    void what_an_account_has_forgotten_is_held_again() {
        Budget budget = rig.budget(Unit.TOKENS, 1000, AtLimit.CUT);
        rig.ledger.admit(asked("a", 10));
        accounts.forget(budget.id());
        assertThat(rig.standing(budget).held()).isZero();
        rig.ledger.renew();
        assertThat(rig.standing(budget).held()).isEqualTo(26);
    }

    /** Loses every third reply, after the order was carried out, and every fifth order before. */
    private final class Lossy implements Accounts {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public CompletionStage<Reply> give(String budget, Order order) {
            int number = count.incrementAndGet();
            if (number % 5 == 0) {
                return CompletableFuture.failedStage(new IllegalStateException("The order was lost."));
            }
            CompletionStage<Reply> reply = accounts.give(budget, order);
            return number % 3 == 0
                    ? CompletableFuture.failedStage(new IllegalStateException("Its reply was lost."))
                    : reply;
        }

        @Override
        public void forget(String budget) {
            accounts.forget(budget);
        }

        @Override
        public long now() {
            return accounts.now();
        }
    }

    @Test
    void lost_orders_and_replies_do_not_matter_in_the_end() {
        Budget budget = rig.budget(Unit.TOKENS, 100_000, AtLimit.CUT);
        rig.standing(budget);
        Teller lossy = new Teller(rig.store, new Lossy(), Runnable::run);
        Budgets budgets = new Budgets(rig.store, BudgetNews.ALONE, lossy, clock);
        BudgetLedger ledger =
                new BudgetLedger(budgets, lossy, new Books(rig.store), new Alerts(), new Consumption(), () -> "n1", 16);
        Random random = new Random(5);
        long bills = 0;
        List<Account> open = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            try {
                open.add(ledger.admit(asked("a" + i, 10)));
            } catch (IllegalStateException e) {
                continue;
            }
            open.getLast().running(random.nextInt(40));
        }
        for (Account account : open) {
            long output = random.nextInt(60);
            account.settle(used(10, output), Outcome.COMPLETE);
            bills += 10 + output;
        }
        for (int i = 0; i < 30; i++) {
            ledger.flush();
        }
        assertThat(ledger.waiting()).isZero();
        time = time.plusSeconds(60);
        assertThat(rig.standing(budget).charged()).isEqualTo(bills);
        assertThat(rig.standing(budget).held()).isZero();
        assertThat(rig.store.seed(budget.id()).orElseThrow().charged()).isLessThanOrEqualTo(bills);
    }

    @Test
    void what_is_used_beside_an_answer_is_charged_too() {
        Budget budget = rig.budget(Unit.USD, 1000, AtLimit.CUT);
        rig.ledger.book("side", ADA.asking("translator"), new Usage(5, 2, 33, true));
        assertThat(rig.standing(budget).charged()).isEqualTo(33);
        assertThat(rig.standing(budget).corrected()).isEqualTo(33);
    }
}
