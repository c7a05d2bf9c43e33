package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Budget;
import dev.weir.budget.Unit;
import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.log.ColdLog;
import dev.weir.model.Finish;
import dev.weir.model.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node, which counts as another one from {@link #dies} on. */
class TakeoversTest {

    private static final Finish DONE = new Finish(Finish.Reason.STOP, Optional.empty());

    private final TurnRig rig = new TurnRig();
    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        rig.close();
    }

    private void dies() {
        rig.node = "n2";
    }

    private void takeOver() {
        takeOver(rig.cold);
    }

    private void takeOver(ColdLog cold) {
        Nodes nodes = new FakeNodes(() -> rig.node, () -> List.of(FakeNodes.node(rig.node)));
        var heirs = new Heirs(new Runners(cluster, nodes), cluster.calls(rig.node));
        new Takeovers(nodes, rig.log, cold, rig.turns, rig.catalogue(), rig.underWay, heirs).begin();
    }

    private ScriptedModel begun(String text) {
        ScriptedModel model = ScriptedModel.silent("a");
        rig.start(model);
        model.listener().delta(text);
        soon().until(() -> rig.streamed().equals(text));
        rig.log.kept(TurnRig.ROOM).join();
        return model;
    }

    @Test
    void goes_on_where_the_other_node_was_whatever_that_one_says_later() {
        ScriptedModel before = begun("One ");
        ScriptedModel after = ScriptedModel.silent("a");
        rig.others.put("a", after);
        dies();

        takeOver();
        soon().until(() -> after.asked() == 1);
        before.listener().delta("and a late word");
        before.listener().finished(DONE);
        after.listener().delta("two");
        after.listener().finished(DONE);

        String turn = rig.events("turn-started").getFirst().path("turn").asText();
        assertThat(rig.endedWhole(turn, Outcome.COMPLETE).text()).isEqualTo("One two");
        rig.budgets.flush();
        soon().until(() -> rig.underWay.all().isEmpty());
    }

    @Test
    void bills_what_had_ended_when_its_node_died_before_the_database_had_the_bill() {
        Budget budget = rig.budgets.budget(Unit.USD, 1_000_000, AtLimit.CUT);
        begun("One two").listener().finished(DONE);
        String turn = rig.events("turn-started").getFirst().path("turn").asText();
        Usage used =
                rig.endedWhole(turn, Outcome.COMPLETE).answer().orElseThrow().usage();
        assertThat(rig.underWay.all()).hasSize(1);
        dies();
        rig.time.pass(Duration.ofSeconds(5));

        takeOver();

        assertThat(rig.underWay.all()).hasSize(1);
        rig.budgets.flush();
        soon().until(() -> rig.underWay.all().isEmpty());
        assertThat(rig.budgets.store.bills()).singleElement().satisfies(it -> {
            assertThat(it.usage()).isEqualTo(used);
            assertThat(it.generation()).isEqualTo(rig.time.instant().toEpochMilli());
        });
        assertThat(rig.budgets.standing(budget).charged()).isEqualTo(used.micros());
    }

    @Test
    void a_stop_while_the_answer_runs_nowhere_ends_it_where_it_goes_on() {
        begun("One ");
        ScriptedModel after = ScriptedModel.silent("a");
        rig.others.put("a", after);
        String turn = rig.events("turn-started").getFirst().path("turn").asText();
        dies();

        rig.turns.stop(TurnRig.ROOM, turn, "Ada");
        soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.events("turn-ended")).isEmpty();
        takeOver();

        soon().until(() -> !rig.events("turn-ended").isEmpty());
        Event.Message kept = rig.endedWhole(turn, Outcome.STOPPED);
        assertThat(kept.text()).isEqualTo("One ");
        assertThat(kept.answer().orElseThrow().reason()).isEqualTo("Stopped by Ada.");
        assertThat(after.asked()).isZero();
    }

    @Test
    void bills_nothing_again() {
        begun("One two").listener().finished(DONE);
        soon().until(() -> rig.turns.running() == 0);
        AnswerUnderWay left = rig.underWay.all().getFirst();
        rig.budgets.flush();
        soon().until(() -> rig.underWay.all().isEmpty());
        long billed = rig.budgets.store.bills().getFirst().generation();
        rig.underWay.put(left);
        dies();
        rig.time.pass(Duration.ofDays(1));

        takeOver();

        soon().until(() -> rig.underWay.all().isEmpty());
        rig.budgets.flush();
        assertThat(rig.budgets.store.bills())
                .singleElement()
                .satisfies(it -> assertThat(it.generation()).isEqualTo(billed));
    }

    @Test
    void tries_again_what_fails() {
        ScriptedModel before = begun("One ");
        rig.others.put("a", ScriptedModel.saying("a", "two"));
        dies();
        before.listener().finished(DONE);
        rig.hot.failAppends(1);

        takeOver();

        String turn = rig.events("turn-started").getFirst().path("turn").asText();
        soon().until(() -> !rig.events("turn-ended").isEmpty());
        assertThat(rig.endedWhole(turn, Outcome.COMPLETE).text()).isEqualTo("One two");
    }

    @Test
    void cuts_what_nobody_knows_of_but_not_what_is_begun_meanwhile() {
        rig.cold.beginAnswers(TurnRig.ROOM, new Cursor(1, 1), Instant.EPOCH, turn("left"), "n0");
        rig.cold.beginAnswers(TurnRig.ROOM, new Cursor(1, 2), Instant.EPOCH, turn("young"), "n3");
        AtomicInteger asked = new AtomicInteger();
        rig.cold.before = call -> {
            if (call.equals("orphans") && asked.incrementAndGet() == 1) {
                rig.underWay.put(known("young"));
            }
        };

        takeOver();

        assertThat(rig.cold.message(TurnRig.ROOM, "left").orElseThrow().live()).isFalse();
        assertThat(rig.cold.message(TurnRig.ROOM, "young").orElseThrow().live()).isTrue();
        assertThat(rig.events("turn-ended"))
                .extracting(it -> it.path("branch").asText())
                .containsExactly("left");
    }

    @Test
    void cuts_what_nobody_knows_of_with_all_that_was_seen_of_it() {
        ScriptedModel before = begun("One ");
        before.listener().delta("two");
        soon().until(() -> rig.streamed().equals("One two"));
        rig.underWay.all().forEach(rig.underWay::forget);
        dies();

        takeOver();

        JsonNode ended = rig.events("turn-ended").getFirst();
        assertThat(ended.path("outcome").asText()).isEqualTo("interrupted");
        String branch = ended.path("branch").asText();
        assertThat(rig.cold
                        .message(TurnRig.ROOM, branch)
                        .orElseThrow()
                        .message()
                        .text())
                .isEqualTo("One two");
        assertThat(rig.events("message"))
                .filteredOn(it -> it.path("id").asText().equals(branch))
                .singleElement()
                .satisfies(it -> assertThat(it.path("text").asText()).isEqualTo("One two"));
    }

    private static Event.TurnStarted turn(String id) {
        return new Event.TurnStarted(
                "turn-" + id,
                "m1",
                Member.person("ada", "Ada"),
                List.of(new Event.Branch(id, Member.model("a", "A"), Optional.empty())),
                List.of());
    }

    private static AnswerUnderWay known(String branch) {
        return new AnswerUnderWay(
                "n3",
                "elsewhere",
                "turn-" + branch,
                branch,
                "m1",
                Member.person("ada", "Ada"),
                "org",
                false,
                "a",
                TurnRig.PROMPT,
                0,
                Usage.NOTHING,
                Billing.FREE,
                "");
    }
}
