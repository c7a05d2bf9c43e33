package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.budget.Consumption;
import dev.weir.budget.Totals;
import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
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
import dev.weir.pipeline.redact.Redaction;
import dev.weir.pipeline.safety.JudgeInterceptor;
import dev.weir.pipeline.safety.SafetyLists;
import dev.weir.pipeline.translate.Translate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A turn whose answer is translated by another model of the catalogue. */
class TurnTranslationTest {

    private static final Finish DONE = new Finish(Finish.Reason.STOP, Optional.empty());
    private static final Map<String, String> ON = Map.of("weir.interceptors.translate.model", "translator");

    private final ScriptedModel translator = new ScriptedModel(
            "translator",
            (call, listener) -> Thread.startVirtualThread(() -> {
                listener.delta(translated(call));
                listener.finished(new Finish(Finish.Reason.STOP, Optional.of(new Finish.ReportedUsage(5, 1))));
            }));
    private TurnRig rig = rig(translator);

    /** The first sentence is {@code T1} and the second {@code T2}, in whichever order they are asked for. */
    private String translated(int call) {
        String asked = translator.prompts().get(call - 1).lines().getLast().text();
        return asked.contains("wo") ? "T2" : "T1";
    }

    private static TurnRig rig(StreamingModel translator, StreamInterceptor... more) {
        StreamInterceptor translate =
                new Translate((room, author) -> List.of("fr"), new ModelTranslator(new One(translator)));
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
        TurnRig.soon().until(() -> silent.cancels() > 0);
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
        TurnRig.soon().until(() -> silent.cancels() == 2);
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
        TurnRig.soon().until(() -> silent.cancels() > 0);
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

    @Test
    void what_the_translator_says_passes_the_guards() {
        rig.close();
        List<String> answers = List.of("Prenez 4111 1111 1111 1111", "How to make a bomb.", "Trois");
        ScriptedModel leaking = new ScriptedModel(
                "translator",
                (call, listener) -> Thread.startVirtualThread(() -> {
                    listener.delta(answers.get(call - 1));
                    listener.finished(new Finish(Finish.Reason.STOP, Optional.empty()));
                }));
        rig = new TurnRig(
                Map.of("weir.interceptors.translate.model", "translator", "weir.interceptors.translate.at-once", "1"),
                new SafetyLists(),
                new Redaction(() -> new byte[32]),
                new Translate((room, author) -> List.of("fr"), new ModelTranslator(new One(leaking))));
        rig.start(ScriptedModel.saying("m", "One. Two. Three"));

        TurnRig.soon().until(() -> rig.turns.running() == 0);
        JsonNode end = rig.events("turn-ended").getLast();
        assertThat(end.path("outcome").asText()).isEqualTo("complete");
        assertThat(rig.stored(end.path("branch").asText())
                        .message()
                        .variants()
                        .byLanguage()
                        .get("fr"))
                .containsExactly(
                        new Part(0, 4, "Prenez **** **** **** 1111", false),
                        new Part(4, 9, "", true),
                        new Part(9, 15, " Trois", false));
        assertThat(rig.events().toString()).doesNotContain("4111", "bomb");
        assertThat(rig.events("verdict").toString())
                .contains("\"interceptor\":\"redact\"", "translate: card")
                .contains("\"interceptor\":\"safety\"", "translate: violence");
    }

    @Test
    void a_judge_that_takes_back_later_is_waited_for_with_a_translation() {
        rig.close();
        List<String> answers = List.of("Un.", "BAD.");
        ScriptedModel lying = new ScriptedModel(
                "translator",
                (call, listener) -> Thread.startVirtualThread(() -> {
                    listener.delta(answers.get(call - 1));
                    listener.finished(DONE);
                }));
        List<ScriptedModel> checkers = new ArrayList<>();
        checkers.add(new ScriptedModel(
                "checker",
                (call, listener) -> Thread.startVirtualThread(() -> {
                    String asked = checkers.getFirst()
                            .prompts()
                            .get(call - 1)
                            .lines()
                            .getLast()
                            .text();
                    listener.delta(asked.lines().anyMatch(it -> it.contains("BAD")) ? "hate 0.9" : "safe");
                    listener.finished(DONE);
                })));
        Map<String, String> keys = Map.of(
                "weir.interceptors.translate.model", "translator",
                "weir.interceptors.translate.at-once", "1",
                "weir.interceptors.judge.model", "checker",
                "weir.interceptors.judge.prompts", "none",
                "weir.interceptors.judge.show", "retract");
        rig = new TurnRig(
                keys,
                new JudgeInterceptor(new ModelJudges(new One(checkers.getFirst()))),
                new Translate((room, author) -> List.of("fr"), new ModelTranslator(new One(lying))));
        rig.start(ScriptedModel.saying("m", "One. Two"));

        TurnRig.soon().until(() -> rig.turns.running() == 0);
        JsonNode end = rig.events("turn-ended").getLast();
        assertThat(end.path("outcome").asText()).isEqualTo("complete");
        assertThat(rig.stored(end.path("branch").asText())
                        .message()
                        .variants()
                        .byLanguage()
                        .get("fr"))
                .containsExactly(new Part(0, 4, "Un.", false), new Part(4, 8, "", true));
        assertThat(rig.events().toString()).doesNotContain("BAD");
        assertThat(rig.events("withdrawn")).isEmpty();
        assertThat(rig.activity.totals("checker").outputTokens()).isPositive();
    }

    @Test
    void what_the_translator_uses_is_booked_under_its_name_and_once() {
        rig.start(ScriptedModel.saying("m", "One. Two"));
        TurnRig.soon().until(() -> rig.turns.running() == 0);

        Event.Answer answer = rig.stored(
                        rig.events("turn-ended").getLast().path("branch").asText())
                .message()
                .answer()
                .orElseThrow();
        long own = 2 * answer.usage().inputTokens() + 3 * answer.usage().outputTokens();
        assertThat(rig.activity.totals("translator").inputTokens()).isEqualTo(10);
        assertThat(rig.activity.totals("translator").outputTokens()).isEqualTo(2);
        assertThat(rig.activity.totals("translator").micros()).isEqualTo(26);
        assertThat(rig.activity.totals("m").micros()).isEqualTo(own);
        assertThat(rig.activity.totals("m").outputTokens())
                .isEqualTo(answer.usage().outputTokens());
        assertThat(booked(Consumption.By.MODEL, "translator").outputTokens()).isEqualTo(2);
        assertThat(booked(Consumption.By.MODEL, "translator").micros()).isEqualTo(26);
        assertThat(booked(Consumption.By.MODEL, "m").micros()).isEqualTo(own);
        assertThat(booked(Consumption.By.USER, "ada").micros())
                .isEqualTo(answer.usage().micros());
    }

    private Totals booked(Consumption.By by, String id) {
        return rig.consumption.totals(by).getOrDefault(id, Totals.ZERO);
    }

    private Event.Message say(String text) {
        return say(rig, text);
    }

    private static Event.Message say(TurnRig rig, String text) {
        var message = new Event.Message("p1", Member.person("ada", "Ada"), text, Optional.empty(), Optional.empty());
        Cursor place = rig.log
                .append(TurnRig.ROOM, List.of(message))
                .toCompletableFuture()
                .join();
        rig.cold.saveMessage(TurnRig.ROOM, place, Instant.EPOCH, message);
        rig.turns.translate(TurnRig.ROOM, "org", message);
        return message;
    }

    private Map<String, List<Part>> kept() {
        return rig.stored("p1").message().variants().byLanguage();
    }

    @Test
    void what_a_person_says_is_translated_after_it_and_kept_with_it() {
        say("One. Two");
        TurnRig.soon().until(() -> !kept().isEmpty());

        assertThat(kept()).isEqualTo(Map.of("fr", List.of(new Part(0, 8, "T1 T2", false))));
        List<JsonNode> variants = rig.events("variant");
        assertThat(variants).hasSize(2);
        assertThat(variants).allSatisfy(it -> {
            assertThat(it.path("turn").asText()).isEmpty();
            assertThat(it.path("branch").asText()).isEqualTo("p1");
        });
        TurnRig.soon().until(() -> rig.activity.totals("translator").outputTokens() == 2);
        assertThat(booked(Consumption.By.USER, "ada").micros()).isEqualTo(26);
    }

    @Test
    void what_is_too_long_or_said_where_nobody_translates_stays_as_it_is() {
        say("x. ".repeat(5000));
        try (TurnRig without =
                new TurnRig(new Translate((room, author) -> List.of("fr"), new ModelTranslator(new One(translator))))) {
            say(without, "One");
            without.turns.shutDown(Duration.ofSeconds(5), false);
            assertThat(without.events("variant")).isEmpty();
        }
        assertThat(translator.asked()).isZero();
        assertThat(rig.events("variant")).isEmpty();
    }

    @Test
    void what_is_stopped_before_it_was_translated_stays_in_the_original() {
        rig.close();
        ScriptedModel silent = ScriptedModel.silent("translator");
        rig = rig(silent);
        say("One. Two");
        TurnRig.soon().until(() -> silent.asked() == 2);

        rig.turns.stopAll(TurnRig.ROOM, "Stopped by Ada.");

        TurnRig.soon().until(() -> !kept().isEmpty());
        assertThat(kept()).isEqualTo(Map.of("fr", List.of(new Part(0, 8, "", true))));
        TurnRig.soon().until(() -> silent.cancels() == 2);
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
