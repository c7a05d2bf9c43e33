package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Event;
import dev.weir.event.Outcome;
import dev.weir.event.Variants.Part;
import dev.weir.model.Finish;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelSpec;
import dev.weir.model.ScriptedModel;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.translate.Translate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A turn whose answer is translated by another model of the catalogue. */
class TurnTranslationTest {

    private static final Map<String, String> ON = Map.of("weir.interceptors.translate.model", "translator");

    private final ScriptedModel translator = new ScriptedModel(
            "translator",
            (call, listener) -> Thread.startVirtualThread(() -> {
                listener.delta("T" + call);
                listener.finished(new Finish(Finish.Reason.STOP, Optional.of(new Finish.ReportedUsage(5, 1))));
            }));
    private TurnRig rig = rig(translator);

    private static TurnRig rig(StreamingModel translator, StreamInterceptor... more) {
        StreamInterceptor translate = new Translate(room -> List.of("fr"), new ModelTranslator(new One(translator)));
        StreamInterceptor[] all = java.util.Arrays.copyOf(more, more.length + 1);
        all[more.length] = translate;
        return new TurnRig(ON, all);
    }

    /** A catalogue of one model. */
    private record One(StreamingModel model) implements ModelCatalogue {
        @Override
        public List<ModelSpec> specs() {
            return List.of(model.spec());
        }

        @Override
        public Optional<StreamingModel> model(String name) {
            return Optional.of(model).filter(it -> it.spec().name().equals(name));
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void the_finished_answer_carries_its_translation_and_its_price() {
        String turn = rig.start(ScriptedModel.saying("m", "One. T", "wo. `x`\n"));
        TurnRig.soon().until(() -> rig.turns.running() == 0);

        JsonNode end = rig.events("turn-ended").getLast();
        String branch = end.path("branch").asText();
        Event.Message kept = rig.stored(branch).message();
        assertThat(end.path("turn").asText()).isEqualTo(turn);
        assertThat(kept.variants().byLanguage().get("fr"))
                .containsExactly(new Part(0, 9, "T1 T2", false), new Part(9, 14, "", false));
        long own = 2 * kept.answer().orElseThrow().usage().inputTokens()
                + 3 * kept.answer().orElseThrow().usage().outputTokens();
        assertThat(kept.answer().orElseThrow().usage().micros()).isEqualTo(own + 2 * (5 * 2 + 3));
        List<String> types =
                rig.events().stream().map(it -> it.path("type").asText()).toList();
        assertThat(types.lastIndexOf("variant"))
                .isGreaterThan(types.lastIndexOf("delta"))
                .isLessThan(types.lastIndexOf("message"));
        assertThat(rig.events("turn-started").getLast().path("interceptors").toString())
                .contains("translate");
    }

    @Test
    void a_stop_closes_the_translator_and_leaves_the_rest_in_the_original() {
        rig.close();
        ScriptedModel silent = ScriptedModel.silent("translator");
        rig = rig(silent);
        ScriptedModel model = ScriptedModel.silent("m");
        String turn = rig.start(model);
        model.listener().delta("One. Two");
        TurnRig.soon().until(() -> silent.asked() == 1);

        rig.turns.stop(TurnRig.ROOM, turn, "Ada");

        TurnRig.soon().until(() -> rig.turns.running() == 0);
        assertThat(silent.cancels()).isPositive();
        assertThat(silent.asked()).isEqualTo(1);
        assertThat(rig.stored(rig.events("turn-ended").getLast().path("branch").asText())
                        .message()
                        .variants()
                        .byLanguage()
                        .get("fr"))
                .containsExactly(new Part(0, 8, "", true));
    }

    @Test
    void a_stop_ends_the_wait_for_the_last_translations() {
        rig.close();
        ScriptedModel silent = ScriptedModel.silent("translator");
        rig = rig(silent);
        String turn = rig.start(ScriptedModel.saying("m", "One. Two"));
        TurnRig.soon().until(() -> silent.asked() == 2);
        assertThat(rig.turns.running()).isEqualTo(1);

        rig.turns.stop(TurnRig.ROOM, turn, "Ada");

        TurnRig.soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.events("turn-ended").getLast().path("outcome").asText()).isEqualTo(Outcome.COMPLETE.word());
        assertThat(silent.cancels()).isEqualTo(2);
    }

    @Test
    void nothing_is_translated_after_a_block_and_the_translator_is_closed() {
        rig.close();
        ScriptedModel silent = ScriptedModel.silent("translator");
        rig = rig(silent, new Blocking());
        ScriptedModel model = ScriptedModel.silent("m");
        rig.start(model);
        model.listener().delta("One. Two. Three");
        TurnRig.soon().until(() -> silent.asked() == 2);
        model.listener().delta(" BAD. Four. Five");

        TurnRig.soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.events("turn-ended").getLast().path("outcome").asText()).isEqualTo("blocked");
        assertThat(rig.events("variant")).isEmpty();
        assertThat(silent.cancels()).isPositive();
        assertThat(silent.asked()).isEqualTo(2);
    }

    @Test
    void a_translator_that_fails_does_not_fail_the_answer() {
        rig.close();
        rig = rig(new ScriptedModel(
                "translator",
                (call, listener) -> listener.failed(
                        new ModelFailure(ModelFailure.Kind.PROVIDER_ERROR, "Broken.", "broken", Optional.empty()))));
        rig.start(ScriptedModel.saying("m", "One. Two"));

        TurnRig.soon().until(() -> rig.turns.running() == 0);
        JsonNode end = rig.events("turn-ended").getLast();
        assertThat(end.path("outcome").asText()).isEqualTo("complete");
        assertThat(rig.stored(end.path("branch").asText())
                        .message()
                        .variants()
                        .byLanguage()
                        .get("fr"))
                .containsExactly(new Part(0, 8, "", true));
    }

    /** Blocks at a word. */
    private static final class Blocking implements StreamInterceptor {
        @Override
        public String name() {
            return "blocking";
        }

        @Override
        public Stage open(BranchContext branch, Stage next) {
            return new Stage() {
                @Override
                public void delta(String text) {
                    if (text.contains("BAD")) {
                        branch.block("bad", "No.");
                    } else {
                        next.delta(text);
                    }
                }

                @Override
                public void end() {
                    next.end();
                }
            };
        }
    }
}
