package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.budget.account.MemoryAccounts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    private Instant time = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource clock = () -> time;
    private final BudgetRig rig = new BudgetRig(clock);

    private static Draft draft(String name, long limit, List<Integer> warnAt, AtLimit atLimit) {
        return new Draft(name, Reach.ofModel("fast"), Unit.TOKENS, limit, Period.Calendar.DAY, warnAt, atLimit, false);
    }

    private static void refused(BudgetProblem.Kind kind, ThrowingCallable call) {
        BudgetProblem problem = catchThrowableOfType(BudgetProblem.class, call);
        assertThat(problem).isNotNull();
        assertThat(problem.kind()).isEqualTo(kind);
    }

    @Test
    void refuses_what_no_budget_can_be() {
        for (Draft wrong : List.of(
                draft(" ", 1, List.of(), AtLimit.CUT),
                draft("x".repeat(121), 1, List.of(), AtLimit.CUT),
                draft("B", -1, List.of(), AtLimit.CUT),
                draft("B", BudgetRules.HIGHEST + 1, List.of(), AtLimit.CUT),
                draft("B", 1, List.of(0), AtLimit.CUT),
                draft("B", 1, List.of(90, 80), AtLimit.CUT),
                draft("B", 1, List.of(80, 80), AtLimit.CUT),
                draft("B", 1, List.of(), new AtLimit.Switch("fast")),
                draft("B", 1, List.of(), new AtLimit.Degrade("fast", 50)))) {
            refused(BudgetProblem.Kind.INVALID, () -> rig.budgets.create(wrong));
        }
    }

    @Test
    void of_two_who_change_the_same_version_one_is_told() {
        Budget made = rig.budgets.create(draft("B", 10, List.of(80), AtLimit.CUT));
        Budget changed = rig.budgets.change(made.id(), Change.limit(20), Optional.of(made.version()));
        assertThat(changed.limit()).isEqualTo(20);
        assertThat(changed.warnAt()).containsExactly(80);
        refused(
                BudgetProblem.Kind.CHANGED,
                () -> rig.budgets.change(made.id(), Change.limit(30), Optional.of(made.version())));
        assertThat(rig.budgets
                        .change(made.id(), Change.limit(30), Optional.empty())
                        .limit())
                .isEqualTo(30);
        rig.budgets.delete(made.id());
        refused(BudgetProblem.Kind.NO_SUCH_BUDGET, () -> rig.budgets.delete(made.id()));
        refused(
                BudgetProblem.Kind.NO_SUCH_BUDGET,
                () -> rig.budgets.change(made.id(), Change.limit(1), Optional.empty()));
    }

    @Test
    void another_node_knows_of_a_change_as_soon_as_it_hears_the_news_and_within_a_minute_without() {
        AtomicReference<Runnable> heard = new AtomicReference<>(() -> {});
        BudgetNews news = new BudgetNews() {
            @Override
            public void tell() {}

            @Override
            public void listen(Runnable listener) {
                heard.set(listener);
            }
        };
        Teller teller = new Teller(rig.store, new MemoryAccounts(clock), Runnable::run);
        Budgets elsewhere = new Budgets(rig.store, news, teller, clock);
        assertThat(elsewhere.all()).isEmpty();
        rig.budgets.create(draft("B", 10, List.of(), AtLimit.CUT));
        assertThat(elsewhere.all()).isEmpty();
        heard.get().run();
        assertThat(elsewhere.all()).hasSize(1);
        rig.budgets.create(draft("C", 10, List.of(), AtLimit.CUT));
        assertThat(elsewhere.all()).hasSize(1);
        time = time.plus(Budgets.LIFE).plusSeconds(1);
        assertThat(elsewhere.all()).hasSize(2);
    }

    @Test
    void an_answer_counts_where_everything_that_is_named_fits() {
        Payer payer = new Payer("org", "ada", "k", "r", "fast");
        assertThat(Reach.ALL.covers(payer)).isTrue();
        assertThat(new Reach("ada", "org", "k", "r", "fast").covers(payer)).isTrue();
        assertThat(new Reach("ada", "", "", "", "smart").covers(payer)).isFalse();
        assertThat(new Reach("", "", "other", "", "").covers(payer)).isFalse();
    }

    @Test
    void amounts_are_exact_and_words_go_there_and_back() {
        assertThat(Amounts.of(Unit.USD, "12.5")).hasValue(12_500_000L);
        assertThat(Amounts.of(Unit.USD, "0.000001")).hasValue(1L);
        assertThat(Amounts.of(Unit.USD, "0.0000001")).isEmpty();
        assertThat(Amounts.of(Unit.USD, "-1")).isEmpty();
        assertThat(Amounts.of(Unit.USD, "1e3")).isEmpty();
        assertThat(Amounts.of(Unit.TOKENS, "1.5")).isEmpty();
        assertThat(Amounts.text(Unit.USD, 12_500_000)).isEqualTo("12.5");
        assertThat(Amounts.text(Unit.USD, 200_000_000)).isEqualTo("200");
        assertThat(Amounts.words(Unit.USD, 12_500_000)).isEqualTo("$12.50");
        assertThat(Amounts.words(Unit.TOKENS, 1200)).isEqualTo("1,200 tokens");
        for (String word : List.of("cut", "finish-sentence", "switch:fast", "degrade:a@b@0.8", "degrade:x@1")) {
            assertThat(AtLimit.of(word).orElseThrow().word()).isEqualTo(word);
        }
        for (String wrong : List.of("", "cut:now", "switch:", "degrade:x", "degrade:x@0", "degrade:x@1.5", "stop")) {
            assertThat(AtLimit.of(wrong)).as(wrong).isEmpty();
        }
        for (String word : List.of("minute", "month", "rolling:PT24H")) {
            assertThat(Period.of(word).orElseThrow().word()).isEqualTo(word);
        }
        for (String wrong : List.of("year", "rolling:", "rolling:PT1S", "rolling:P400D", "rolling:x")) {
            assertThat(Period.of(wrong)).as(wrong).isEmpty();
        }
    }
}
