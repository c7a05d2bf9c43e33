package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.budget.Alerts;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.Change;
import dev.weir.budget.Draft;
import dev.weir.budget.OverBudget;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Standing;
import dev.weir.budget.Unit;
import dev.weir.event.Event;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.model.Finish;
import dev.weir.model.Finish.ReportedUsage;
import dev.weir.model.ModelFailure;
import dev.weir.model.ScriptedModel;
import dev.weir.model.StreamingModel.Listener;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnBudgetsTest {

    private static final Finish DONE = new Finish(Finish.Reason.STOP, Optional.empty());

    private TurnRig rig = new TurnRig();
    private final ScriptedModel fast = ScriptedModel.silent("fast");
    private final ScriptedModel cheap = ScriptedModel.silent("cheap");

    TurnBudgetsTest() {
        known();
    }

    private void known() {
        rig.others.put("fast", fast);
        rig.others.put("cheap", cheap);
    }

    /** Answers wait for a budget to be raised for as long as the test may take. */
    private void patient() {
        rig.close();
        rig = new TurnRig(Duration.ofMinutes(1));
        known();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** As a provider does, on a thread of its own; each word is a token. */
    private static CompletableFuture<Void> says(Listener listener, String... deltas) {
        return CompletableFuture.runAsync(
                () -> List.of(deltas).forEach(listener::delta),
                task -> Thread.ofVirtual().start(task));
    }

    private static String[] words(int count) {
        String[] words = new String[count];
        Arrays.fill(words, " yes");
        return words;
    }

    private Standing standing(Budget budget) {
        return rig.budgets.standing(budget);
    }

    private void assertBalanced(Budget budget, long bill) {
        TurnRig.soon().untilAsserted(() -> {
            assertThat(standing(budget).held()).isZero();
            assertThat(standing(budget).charged()).isEqualTo(bill);
        });
    }

    private List<String> notices() {
        return rig.events("notice").stream().map(it -> it.path("text").asText()).toList();
    }

    @Test
    void holds_what_an_answer_needs_and_settles_what_it_used() {
        Budget budget = rig.budgets.budget(Unit.TOKENS, 10_000, AtLimit.CUT);
        String turn = rig.start(fast);
        assertThat(standing(budget).held()).isGreaterThan(16);
        fast.listener().delta("A weir is a dam.");
        fast.listener().finished(new Finish(Finish.Reason.STOP, Optional.of(new ReportedUsage(10, 7))));
        rig.endedWhole(turn, Outcome.COMPLETE);
        assertBalanced(budget, 17);
    }

    @Test
    void every_end_gives_back_what_was_held() {
        Budget budget = rig.budgets.budget(Unit.USD, 10_000_000, AtLimit.CUT);
        long bills = 0;
        String stopped = rig.start(fast);
        fast.listener().delta("A weir is");
        rig.turns.stop(TurnRig.ROOM, stopped, "Ada");
        bills += rig.ended(stopped, Outcome.STOPPED)
                .answer()
                .orElseThrow()
                .usage()
                .micros();
        assertBalanced(budget, bills);

        String failed = rig.start(fast);
        fast.listener().delta("A weir is");
        fast.listener().failed(new ModelFailure(ModelFailure.Kind.CUT, "cut", "cut", Optional.empty()));
        bills += micros(failed);
        assertBalanced(budget, bills);
    }

    private long micros(String turn) {
        TurnRig.soon().until(() -> rig.turns.running() == 0);
        return rig.events("turn-ended").stream()
                .filter(it -> it.path("turn").asText().equals(turn))
                .mapToLong(it -> it.path("usage").path("costMicros").asLong())
                .sum();
    }

    @Test
    void refuses_before_the_model_is_asked() {
        Budget budget = rig.budgets.budget(Unit.TOKENS, 10, AtLimit.CUT);
        OverBudget refused = catchThrowableOfType(OverBudget.class, () -> rig.start(fast));
        assertThat(refused.shortage().budget().id()).isEqualTo(budget.id());
        assertThat(refused.shortage().words())
                .contains("0 tokens of 10 tokens")
                .contains("1 April 2026 at 00:00:00 (Z)");
        assertThat(fast.asked()).isZero();
        assertThat(rig.events()).isEmpty();
        assertThat(standing(budget).held()).isZero();
        assertThat(rig.turns.running()).isZero();
    }

    @Test
    void holds_in_all_budgets_or_in_none() {
        Budget wide = rig.budgets.budget(Unit.TOKENS, 10_000, AtLimit.CUT);
        Budget narrow = rig.budgets.budget(Unit.OUTPUT_TOKENS, 3, AtLimit.CUT);
        assertThat(catchThrowableOfType(OverBudget.class, () -> rig.start(fast)))
                .isNotNull();
        assertBalanced(wide, 0);
        assertBalanced(narrow, 0);
    }

    @Test
    void cuts_when_the_budget_is_used_up_and_nobody_raises_it() {
        Budget budget = rig.budgets.budget(Unit.OUTPUT_TOKENS, 40, AtLimit.CUT);
        String turn = rig.start(fast);
        says(fast.listener(), words(200));
        Event.Message kept = rig.endedWhole(turn, Outcome.OVER_BUDGET);
        Usage usage = kept.answer().orElseThrow().usage();
        assertThat(usage.outputTokens()).isBetween(39L, 43L);
        assertThat(fast.cancels()).isPositive();
        assertBalanced(budget, usage.outputTokens());
        assertThat(standing(budget).corrected()).isLessThanOrEqualTo(3);
        assertThat(kept.answer().orElseThrow().reason()).contains("used up").contains("1 April 2026");
        assertThat(notices()).anySatisfy(it -> assertThat(it).contains("waits up to 2 s"));
    }

    @Test
    void a_waiting_answer_goes_on_when_the_limit_is_raised() {
        patient();
        Budget budget = rig.budgets.budget(Unit.OUTPUT_TOKENS, 40, AtLimit.CUT);
        String turn = rig.start(fast);
        CompletableFuture<Void> said = says(fast.listener(), words(100));
        TurnRig.soon().until(() -> notices().stream().anyMatch(it -> it.contains("waits")));
        rig.budgets.budgets.change(budget.id(), Change.limit(1_000), Optional.empty());
        said.join();
        fast.listener().finished(DONE);
        Event.Message kept = rig.endedWhole(turn, Outcome.COMPLETE);
        assertThat(kept.text()).hasSize(400);
        assertBalanced(budget, kept.answer().orElseThrow().usage().outputTokens());
        assertThat(standing(budget).corrected()).isZero();
    }

    @Test
    void a_stop_ends_the_waiting() {
        patient();
        rig.budgets.budget(Unit.OUTPUT_TOKENS, 40, AtLimit.CUT);
        String turn = rig.start(fast);
        says(fast.listener(), words(100));
        TurnRig.soon().until(() -> notices().stream().anyMatch(it -> it.contains("waits")));
        rig.turns.stop(TurnRig.ROOM, turn, "Ada");
        rig.ended(turn, Outcome.STOPPED);
    }

    @Test
    void finishes_the_sentence() {
        Budget budget = rig.budgets.budget(Unit.OUTPUT_TOKENS, 40, new AtLimit.FinishSentence());
        String turn = rig.start(fast);
        says(
                fast.listener(),
                "One",
                " two",
                " three",
                " four",
                " five",
                " six",
                " seven",
                " eight",
                " nine",
                " ten",
                " and",
                " so",
                " on",
                " and",
                " on",
                " and",
                " on",
                " and",
                " on",
                " and",
                " on",
                " and",
                " on",
                " until",
                " it",
                " ends",
                " here",
                ".",
                " Never",
                " said",
                " at",
                " all",
                ".");
        Event.Message kept = rig.endedWhole(turn, Outcome.OVER_BUDGET);
        assertThat(kept.text()).endsWith("ends here.");
        assertBalanced(budget, kept.answer().orElseThrow().usage().outputTokens());
    }

    @Test
    void a_cheaper_model_answers_from_a_threshold_on() {
        Budget budget = rig.budgets.budget(Unit.OUTPUT_TOKENS, 1000, new AtLimit.Degrade("cheap", 50));
        rig.budgets.ledger.book("used", rig.payer("smart"), new Usage(0, 600, 0, true));
        assertThat(standing(budget).percent()).isEqualTo(60);
        rig.turns.checkBudgets(rig.payer("fast"), fast, "A question");
        assertThat(rig.budgets.alerts.total(Alerts.Kind.DEGRADED)).isZero();
        String turn = rig.start(fast);
        assertThat(rig.budgets.alerts.total(Alerts.Kind.DEGRADED)).isEqualTo(1);
        assertThat(fast.asked()).isZero();
        cheap.listener().delta("A dam.");
        cheap.listener().finished(DONE);
        Event.Message kept = rig.endedWhole(turn, Outcome.COMPLETE);
        assertThat(kept.from().id()).isEqualTo("cheap");
        assertThat(notices())
                .containsExactly("60 % of the budget \"B\" are used, so Model cheap answers in place of Model fast.");
    }

    @Test
    void another_model_goes_on_in_mid_answer() {
        Budget budget = rig.budgets.budgets.create(new Draft(
                "Fast",
                Reach.ofModel("fast"),
                Unit.OUTPUT_TOKENS,
                40,
                Period.Calendar.DAY,
                List.of(),
                new AtLimit.Switch("cheap"),
                false));
        Budget all = rig.budgets.budget(Unit.USD, 10_000_000, AtLimit.CUT);
        String turn = rig.start(fast);
        says(fast.listener(), words(100));
        TurnRig.soon().until(() -> cheap.asked() == 1);
        assertThat(fast.cancels()).isPositive();
        String asked = cheap.prompts().getFirst().lines().getLast().text();
        assertThat(asked).startsWith(" yes yes");
        cheap.listener().delta(" and no.");
        cheap.listener().finished(new Finish(Finish.Reason.STOP, Optional.of(new ReportedUsage(50, 3))));
        Event.Message kept = rig.ended(turn, Outcome.COMPLETE);
        assertThat(kept.text()).isEqualTo(asked + " and no.");
        assertThat(notices()).anySatisfy(it -> assertThat(it).contains("another model answers"));
        rig.budgets.flush();
        List<Bill> bills = rig.budgets.store.bills();
        assertThat(bills).extracting(it -> it.payer().model()).containsExactlyInAnyOrder("fast", "cheap");
        long sum = bills.stream().mapToLong(it -> it.usage().micros()).sum();
        assertThat(sum).isEqualTo(kept.answer().orElseThrow().usage().micros());
        assertBalanced(all, sum);
        assertBalanced(
                budget,
                bills.stream()
                        .filter(it -> it.payer().model().equals("fast"))
                        .mapToLong(it -> it.usage().outputTokens())
                        .sum());
    }

    @Test
    void warns_once_and_tells_the_room() {
        rig.budgets.budget(Unit.OUTPUT_TOKENS, 100, AtLimit.CUT);
        String turn = rig.start(fast);
        says(fast.listener(), words(90)).join();
        fast.listener().finished(DONE);
        rig.ended(turn, Outcome.COMPLETE);
        assertThat(notices())
                .filteredOn(it -> it.contains("of the budget \"B\" are used"))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(rig.budgets.alerts.latest()).hasSize(1);
    }

    @Test
    void what_is_over_the_lease_at_the_end_is_a_correction() {
        Budget budget = rig.budgets.budget(Unit.TOKENS, 100, AtLimit.CUT);
        String turn = rig.start(fast);
        fast.listener().delta("Hm.");
        fast.listener().finished(new Finish(Finish.Reason.STOP, Optional.of(new ReportedUsage(10, 500))));
        rig.ended(turn, Outcome.COMPLETE);
        assertBalanced(budget, 510);
        JsonNode end = rig.events("turn-ended").getFirst();
        assertThat(end.path("usage").path("outputTokens").asLong()).isEqualTo(500);
        assertThat(standing(budget).corrected()).isGreaterThanOrEqualTo(410);
        assertThat(standing(budget).corrections()).isEqualTo(1);
    }

    @Test
    void only_so_many_at_a_time() {
        Budget budget = rig.budgets.budget(Unit.CONCURRENT_TURNS, 1, AtLimit.CUT);
        String turn = rig.start(fast);
        assertThat(catchThrowableOfType(OverBudget.class, () -> rig.start(cheap)))
                .isNotNull();
        fast.listener().finished(DONE);
        rig.ended(turn, Outcome.COMPLETE);
        assertBalanced(budget, 0);
        String next = rig.start(cheap);
        cheap.listener().finished(DONE);
        TurnRig.soon().until(() -> rig.turns.running() == 0);
        assertThat(next).isNotEmpty();
    }

    @Test
    void requests_count_when_they_begin() {
        Budget budget = rig.budgets.budget(Unit.REQUESTS, 1, AtLimit.CUT);
        String turn = rig.start(fast);
        assertThat(standing(budget).charged()).isEqualTo(1);
        assertThat(catchThrowableOfType(OverBudget.class, () -> rig.start(cheap)))
                .isNotNull();
        rig.turns.stop(TurnRig.ROOM, turn, "Ada");
        rig.ended(turn, Outcome.STOPPED);
        assertBalanced(budget, 1);
    }
}
