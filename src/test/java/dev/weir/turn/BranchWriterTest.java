package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.Outcome;
import dev.weir.model.Finish;
import dev.weir.model.ScriptedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BranchWriterTest {

    @Test
    void cuts_a_huge_delta_without_splitting_a_pair() {
        try (TurnRig rig = new TurnRig()) {
            String text = "a" + "\ud83d\ude00".repeat(60_000);
            Event.Message kept = rig.endedWhole(rig.start(ScriptedModel.saying("a", text)), Outcome.COMPLETE);

            assertThat(kept.text()).isEqualTo(text);
            assertThat(rig.deltas()).allSatisfy(it -> {
                assertThat(it.length()).isLessThanOrEqualTo(BranchWriter.LONGEST_DELTA);
                assertThat(Character.isLowSurrogate(it.charAt(0))).isFalse();
            });
        }
    }

    @Test
    void appends_never_too_many_events_at_once() {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = rig.start(model);
            rig.hot.hold();
            model.listener().delta("x".repeat(199_000));
            for (int i = 0; i < 900; i++) {
                model.listener().delta("y");
            }
            rig.hot.letGo();
            model.listener().finished(new Finish(Finish.Reason.STOP, Optional.empty()));

            assertThat(rig.endedWhole(turn, Outcome.COMPLETE).text()).hasSize(199_900);
        }
    }

    @Property(tries = 100)
    void never_sends_half_a_character_however_the_provider_cuts(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 3) Integer> lengths) {
        try (TurnRig rig = new TurnRig()) {
            String text = "a\ud83d\ude00b\ud834\udd1e\ud83d\ude00";
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = rig.start(model);
            int from = 0;
            for (int i = 0; from < text.length(); i++) {
                int to = Math.min(text.length(), from + lengths.get(i % lengths.size()));
                model.listener().delta(text.substring(from, to));
                from = to;
            }
            model.listener().finished(new Finish(Finish.Reason.STOP, Optional.empty()));

            assertThat(rig.endedWhole(turn, Outcome.COMPLETE).text()).isEqualTo(text);
            assertThat(rig.deltas())
                    .allMatch(it -> it.codePoints()
                            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        }
    }

    @Test
    void keeps_ten_thousand_small_deltas_in_order_while_appends_are_slow() throws Exception {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = rig.start(model);
            rig.hot.hold();
            AtomicBoolean more = new AtomicBoolean(true);
            Thread slowly = Thread.startVirtualThread(() -> {
                while (more.get()) {
                    rig.hot.letGo(1);
                    Thread.onSpinWait();
                }
                rig.hot.letGo();
            });
            StringBuilder text = new StringBuilder();
            int before = rig.hot.appends();
            for (int i = 0; i < 10_000; i++) {
                String delta = Character.toString('a' + i % 26);
                text.append(delta);
                model.listener().delta(delta);
            }
            more.set(false);
            slowly.join();
            model.listener().finished(new Finish(Finish.Reason.STOP, Optional.empty()));

            assertThat(rig.endedWhole(turn, Outcome.COMPLETE).text()).isEqualTo(text.toString());
            assertThat(rig.hot.appends() - before).isLessThan(10_000);
        }
    }

    @Test
    void gathers_what_comes_while_an_append_is_under_way() {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel model = ScriptedModel.silent("a");
            rig.start(model);
            model.listener().delta("0");
            soon().until(() -> rig.deltas().size() == 1);
            rig.hot.hold();
            for (int i = 1; i < 1000; i++) {
                model.listener().delta(Integer.toString(i));
            }
            assertThat(rig.hot.held()).isEqualTo(1);
            rig.hot.letGo();

            soon().untilAsserted(() -> assertThat(rig.streamed()).endsWith("999"));
            assertThat(rig.deltas()).hasSize(3);
        }
    }
}
