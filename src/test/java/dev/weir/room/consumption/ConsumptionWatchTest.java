package dev.weir.room.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Alerts;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Budget;
import dev.weir.budget.BudgetRig;
import dev.weir.budget.Change;
import dev.weir.budget.Consumption.By;
import dev.weir.budget.Draft;
import dev.weir.budget.Forecast;
import dev.weir.budget.Ledger;
import dev.weir.budget.MemoryHistory;
import dev.weir.budget.Payer;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.turn.FakeNodes;
import dev.weir.turn.NodeCalls;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two nodes, "here" and "there", with a ledger each; somebody watches here. */
class ConsumptionWatchTest {

    private static final Payer ADA = new Payer("org", "ada", "r1", "fast");
    private static final Payer MAX = new Payer("other", "max", "r2", "fast");

    private long millis = Instant.parse("2026-02-28T12:00:00Z").toEpochMilli();
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis);
    private final BudgetRig here = new BudgetRig(clock);
    private final BudgetRig there = new BudgetRig(clock);
    private boolean answering = true;
    private int opened;

    private final NodeCalls calls = new NodeCalls() {
        @Override
        public <Q, A> CompletionStage<A> ask(String node, Question<Q, A> what, Q question) {
            return answering
                    ? CompletableFuture.completedStage(
                            what.answer().cast(report(there).since((Long) question)))
                    : CompletableFuture.failedStage(new NodeGone("It has gone."));
        }

        @Override
        public <Q, A> void answer(Question<Q, A> what, Function<Q, A> by) {}
    };
    private final ConsumptionWatch watch = new ConsumptionWatch(
            new FakeNodes(() -> "here", () -> List.of(FakeNodes.node("here"), FakeNodes.node("there"))),
            calls,
            report(here),
            here.budgets,
            new MemoryHistory(here.store),
            clock,
            Runnable::run);

    private ConsumptionReport report(BudgetRig rig) {
        return new ConsumptionReport(rig.consumption, rig.alerts, answer -> "turn of " + answer, calls);
    }

    private Ledger.Account begin(BudgetRig rig, Payer payer) {
        return rig.ledger.admit(new Ledger.Asked(
                "a" + opened++, payer, (input, cached, output) -> input + 2 * output, 10, 0, Usage.NOTHING));
    }

    private Budget budget(Reach reach, Unit unit, long limit) {
        return here.budgets.create(
                new Draft("B", reach, unit, limit, Period.Calendar.DAY, List.of(), AtLimit.CUT, false));
    }

    private void look() {
        millis += 1_000;
        watch.look(Set.of(ConsumptionWatch.ALL, "org"));
    }

    private Picture all() {
        return watch.picture(ConsumptionWatch.ALL);
    }

    private static long last(List<Series> series, String key) {
        return series.stream()
                .filter(it -> it.key().equals(key))
                .mapToLong(it -> it.tokens().getLast())
                .sum();
    }

    @Test
    void adds_up_all_nodes_by_user_organisation_model_and_room() {
        look();
        Ledger.Account ada = begin(here, ADA);
        Ledger.Account max = begin(there, MAX);
        ada.running(5);
        max.running(20);
        look();

        Picture picture = all();
        assertThat(picture.nodes()).isEqualTo(2);
        assertThat(picture.silent()).isZero();
        assertThat(picture.running()).isEqualTo(2);
        assertThat(last(picture.series().getOrDefault(By.USER, List.of()), "ada"))
                .isEqualTo(15);
        assertThat(last(picture.series().getOrDefault(By.ORGANISATION, List.of()), "other"))
                .isEqualTo(30);
        assertThat(last(picture.series().getOrDefault(By.MODEL, List.of()), "fast"))
                .isEqualTo(45);
        assertThat(last(picture.series().getOrDefault(By.ROOM, List.of()), "r2"))
                .isEqualTo(30);
        assertThat(picture.writing()).extracting(Writing::turn).containsExactly("turn of a0", "turn of a1");
        assertThat(picture.today().micros()).isEqualTo(20 + 50);
        assertThat(picture.today().tokensNow()).isEqualTo(45);
    }

    @Test
    void a_manager_sees_the_own_organisation_only() {
        budget(Reach.ALL, Unit.TOKENS, 1_000);
        Budget own = budget(Reach.ofOrganisation("org"), Unit.TOKENS, 1_000);
        budget(Reach.ofOrganisation("other"), Unit.TOKENS, 1_000);
        look();
        begin(here, ADA).running(5);
        begin(there, MAX).running(20);
        look();
        here.alerts.tell(new Alerts.Alert(clock.instant(), Alerts.Kind.CUT, here.standing(own), ADA));
        look();
        look();
        look();

        Picture picture = watch.picture("org");
        assertThat(picture.running()).isEqualTo(1);
        assertThat(picture.writing()).extracting(it -> it.payer().user()).containsExactly("ada");
        assertThat(picture.series().getOrDefault(By.ORGANISATION, List.of()))
                .extracting(Series::key)
                .containsExactly("org");
        assertThat(picture.spenders().getOrDefault(By.USER, List.of()))
                .extracting(Spender::key)
                .containsExactly("ada");
        assertThat(picture.budgets())
                .extracting(it -> it.standing().budget().id())
                .containsExactly(own.id());
        assertThat(picture.budgetsInAll()).isEqualTo(1);
        assertThat(picture.alerts()).hasSize(1);
        assertThat(watch.picture("third").alerts()).isEmpty();
        assertThat(watch.picture("third").budgets()).isEmpty();
        assertThat(all().budgetsInAll()).isEqualTo(3);
    }

    @Test
    void says_when_a_budget_runs_out_and_that_it_does_not_when_it_was_raised() {
        Budget budget = budget(Reach.ALL, Unit.TOKENS, 2_000);
        Ledger.Account ada = begin(here, ADA);
        look();
        ada.running(590);
        here.flush();
        for (int i = 0; i < 4; i++) {
            look();
        }

        BudgetCourse course = all().budgets().getFirst();
        assertThat(course.standing().charged()).isZero();
        assertThat(course.forecast().state()).isEqualTo(Forecast.State.RUNS_OUT);
        assertThat(course.forecast().at()).isBetween(millis + 500_000, millis + 1_200_000);
        assertThat(course.points().getLast().used()).isZero();

        ada.settle(new Usage(10, 600, 1_210, false), Outcome.COMPLETE);
        here.flush();
        here.budgets.change(budget.id(), Change.limit(1_000_000), Optional.empty());
        for (int i = 0; i < 4; i++) {
            look();
        }

        course = all().budgets().getFirst();
        assertThat(course.forecast().state()).isEqualTo(Forecast.State.LASTS);
        assertThat(course.standing().charged()).isEqualTo(610);
    }

    @Test
    void shows_few_of_a_thousand_and_counts_all() {
        look();
        for (int i = 0; i < 1_000; i++) {
            begin(here, new Payer("org", "u" + i, "r" + i, "fast")).running(1 + i);
        }
        look();

        Picture picture = all();
        assertThat(picture.running()).isEqualTo(1_000);
        assertThat(picture.writing()).hasSize(Picture.MOST_WRITING);
        List<Series> users = picture.series().getOrDefault(By.USER, List.of());
        assertThat(users).hasSize(Picture.MOST_SERIES + 1);
        assertThat(users.getFirst().key()).isEqualTo("u999");
        assertThat(users.stream().mapToLong(it -> it.tokens().getLast()).sum()).isEqualTo(10_000 + 500_500);
        assertThat(picture.spenders().getOrDefault(By.ROOM, List.of()))
                .hasSize(Picture.MOST_SPENDERS)
                .extracting(Spender::key)
                .startsWith("r999", "r998");
    }

    @Test
    void leaves_out_a_node_that_does_not_answer_and_misses_nothing_of_it_later() {
        look();
        begin(there, MAX).running(20);
        answering = false;
        look();
        assertThat(all().silent()).isEqualTo(1);
        assertThat(all().writing()).isEmpty();
        answering = true;
        look();

        assertThat(all().silent()).isZero();
        assertThat(last(all().series().getOrDefault(By.USER, List.of()), "max")).isEqualTo(30);
    }

    @Test
    void a_page_that_is_opened_while_nobody_watches_is_shown_how_things_stand() {
        begin(here, ADA).running(5);
        watch.glance("org");

        assertThat(watch.picture("org").running()).isEqualTo(1);
        assertThat(watch.picture("org").today().tokens()).isEqualTo(15);
    }

    @Test
    void what_travels_is_bounded() {
        var used = new HashMap<Payer, Usage>();
        for (int i = 0; i < 3_000; i++) {
            used.put(new Payer("org", "u" + i, "r", "m"), new Usage(0, 1, i, true));
        }
        List<NodeConsumption.Part> parts = new ArrayList<>(ConsumptionReport.parts(used));

        assertThat(parts).hasSize(NodeConsumption.MOST + 1);
        assertThat(parts.getLast().payer()).isEqualTo(new Payer("org", "", "", ""));
        assertThat(parts.stream().mapToLong(NodeConsumption.Part::output).sum()).isEqualTo(3_000);
    }
}
