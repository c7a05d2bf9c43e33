package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event.Presence.State;
import dev.weir.event.Outcome;
import dev.weir.model.Finish;
import dev.weir.model.ModelFailure;
import dev.weir.model.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivityTest {

    private static final Finish DONE = new Finish(Finish.Reason.STOP, Optional.of(new Finish.ReportedUsage(10, 20)));

    private final TurnRig rig = new TurnRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Activity.Totals totals(String model) {
        return rig.activity.totals(model);
    }

    private Activity.Second aSecondAgo() {
        rig.time.pass(Duration.ofSeconds(1));
        return rig.activity.lastSeconds(1).get(0);
    }

    @Test
    void shows_a_branch_thinking_then_generating_then_no_more() {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);

        Activity.Live thinking = rig.activity.live().get(0);
        assertThat(thinking.turn()).isEqualTo(turn);
        assertThat(thinking.room()).isEqualTo(TurnRig.ROOM);
        assertThat(thinking.model()).isEqualTo("fast");
        assertThat(thinking.requestedBy().id()).isEqualTo("ada");
        assertThat(thinking.state()).isEqualTo(State.THINKING);

        model.listener().delta("A low dam ");
        model.listener().delta("across ");

        Activity.Live generating = rig.activity.live().get(0);
        assertThat(generating.state()).isEqualTo(State.GENERATING);
        assertThat(generating.deltas()).isEqualTo(2);
        assertThat(generating.outputTokens()).isPositive();

        model.listener().finished(DONE);
        rig.endedWhole(turn, Outcome.COMPLETE);
        assertThat(rig.activity.running()).isZero();
    }

    @Test
    void adds_up_what_a_model_did() {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        rig.time.pass(Duration.ofMillis(120));
        model.listener().delta("A ");
        rig.time.pass(Duration.ofMillis(30));
        model.listener().delta("dam.");
        model.listener().finished(DONE);
        rig.endedWhole(turn, Outcome.COMPLETE);

        Activity.Totals totals = totals("fast");
        assertThat(totals.started()).isOne();
        assertThat(totals.ended()).isEqualTo(Map.of(Outcome.COMPLETE, 1L));
        assertThat(totals.inputTokens()).isEqualTo(10);
        assertThat(totals.outputTokens()).isEqualTo(20);
        assertThat(totals.micros()).isEqualTo(80);
        assertThat(totals.deltas()).isEqualTo(2);
        assertThat(totals.characters()).isEqualTo(6);
        assertThat(totals.firstDelta().sumNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(120));
        assertThat(totals.betweenDeltas().count()).isOne();
        assertThat(totals.betweenDeltas().maxNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
        assertThat(totals.duration().count()).isOne();
    }

    @Test
    void counts_each_second_on_its_own() {
        ScriptedModel model = ScriptedModel.silent("fast");
        rig.start(model);
        rig.time.pass(Duration.ofMillis(100));
        model.listener().delta("A low dam ");
        Activity.Second first = aSecondAgo();
        model.listener().failed(new ModelFailure(ModelFailure.Kind.CUT, "cut", "cut", Optional.empty()));
        soon().until(() -> rig.turns.running() == 0);
        Activity.Second second = aSecondAgo();

        assertThat(first.started()).isOne();
        assertThat(first.deltas()).isOne();
        assertThat(first.outputTokens()).isPositive();
        assertThat(first.firstDeltas()).isOne();
        assertThat(first.firstDeltaMaxMillis()).isEqualTo(100);
        assertThat(first.firstDeltaP50Millis()).isBetween(1L, 100L);
        assertThat(first.ended()).isZero();
        assertThat(second.at()).isEqualTo(first.at().plusSeconds(1));
        assertThat(second.deltas()).isZero();
        assertThat(second.ended()).isOne();
        assertThat(second.errors()).isOne();
    }

    @Test
    void forgets_seconds_that_are_too_old_and_has_zeros_for_quiet_ones() {
        rig.endedWhole(rig.start(ScriptedModel.saying("fast", "Yes.")), Outcome.COMPLETE);
        rig.time.pass(Duration.ofSeconds(100));
        List<Activity.Second> seconds = rig.activity.lastSeconds(500);
        assertThat(seconds).hasSize(120);
        assertThat(seconds.stream().mapToLong(Activity.Second::started)).containsOnlyOnce(1L);
        rig.time.pass(Duration.ofSeconds(128));
        assertThat(rig.activity.lastSeconds(120)).allMatch(it -> it.started() == 0 && it.deltas() == 0);
    }

    @Test
    void counts_retries_and_tells_why_a_model_failed() {
        var told = new java.util.concurrent.CopyOnWriteArrayList<BranchObserver.Ended>();
        TurnObserver listening = branch -> told::add;
        try (TurnRig other = new TurnRig(TurnSettings.DEFAULT, List.of(listening))) {
            var busy =
                    new ModelFailure(ModelFailure.Kind.RATE_LIMITED, "busy", "busy", Optional.of(Duration.ofMillis(1)));
            String turn = other.start(new ScriptedModel("fast", (call, it) -> it.failed(busy)));
            other.endedWhole(turn, Outcome.FAILED);

            assertThat(other.activity.totals("fast").retries()).isEqualTo(2);
            assertThat(other.activity.totals("fast").failures()).isEqualTo(Map.of(ModelFailure.Kind.RATE_LIMITED, 1L));
            assertThat(told).singleElement().satisfies(it -> {
                assertThat(it.failure()).contains(ModelFailure.Kind.RATE_LIMITED);
                assertThat(it.finish()).isEmpty();
            });
        }
    }

    @Test
    void an_observer_that_fails_disturbs_nobody() {
        AtomicInteger calls = new AtomicInteger();
        TurnObserver failing = branch -> new BranchObserver() {
            @Override
            public void delta(int characters, long outputTokens) {
                calls.incrementAndGet();
                throw new IllegalStateException("observer");
            }

            @Override
            public void ended(Ended how) {
                calls.incrementAndGet();
            }
        };
        TurnObserver refusing = branch -> {
            throw new IllegalStateException("observer");
        };
        try (TurnRig other = new TurnRig(TurnSettings.DEFAULT, List.of(failing, refusing))) {
            String turn = other.start(ScriptedModel.saying("fast", "A ", "dam."));
            other.endedWhole(turn, Outcome.COMPLETE);
            assertThat(other.activity.totals("fast").deltas()).isEqualTo(2);
        }
        assertThat(calls).hasValue(1);
    }
}
