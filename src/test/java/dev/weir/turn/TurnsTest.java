package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Event;
import dev.weir.event.Event.ToolCall;
import dev.weir.event.Outcome;
import dev.weir.model.Finish;
import dev.weir.model.Finish.Reason;
import dev.weir.model.Finish.ReportedUsage;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelFailure.Kind;
import dev.weir.model.ScriptedModel;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every way a turn can go ends it once, in the log, in the database and at the provider. */
class TurnsTest {

    private static final Finish DONE = new Finish(Reason.STOP, Optional.empty());

    private TurnRig rig = new TurnRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private void with(StreamInterceptor... interceptors) {
        rig.close();
        rig = new TurnRig(interceptors);
    }

    private static ModelFailure failure(Kind kind, Duration... retryAfter) {
        return new ModelFailure(
                kind,
                "The model said no.",
                "detail",
                List.of(retryAfter).stream().findFirst());
    }

    @Test
    void completes() {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        rig.time.pass(Duration.ofMillis(120));
        model.listener().delta("A low ");
        model.listener().delta("dam.");
        rig.time.pass(Duration.ofMillis(80));
        model.listener().finished(new Finish(Reason.STOP, Optional.of(new ReportedUsage(10, 20))));

        Event.Answer answer = rig.endedWhole(turn, Outcome.COMPLETE).answer().orElseThrow();

        assertThat(answer.reason()).isEmpty();
        assertThat(answer.usage()).isEqualTo(new dev.weir.event.Usage(10, 20, 80, false));
        assertThat(answer.timing()).isEqualTo(new dev.weir.event.Timing(120, 200));
        assertThat(rig.events().stream()
                        .map(it -> it.path("type").asText() + it.path("state").asText()))
                .containsSubsequence(
                        "turn-started",
                        "presencethinking",
                        "presencegenerating",
                        "delta",
                        "message",
                        "turn-ended",
                        "presenceidle");
        assertThat(rig.events("turn-started").get(0).path("interceptors")).hasSize(2);
        rig.givesTheRoomBack();
    }

    @Test
    void estimates_usage_when_the_provider_tells_none_or_nonsense() {
        for (Optional<ReportedUsage> told : List.of(
                Optional.<ReportedUsage>empty(),
                Optional.of(new ReportedUsage(-1, 5)),
                Optional.of(new ReportedUsage(Long.MAX_VALUE, Long.MAX_VALUE)))) {
            ScriptedModel model = new ScriptedModel("fast", (call, listener) -> {
                listener.delta("A low dam across a river.");
                listener.finished(new Finish(Reason.STOP, told));
            });

            var usage = rig.ended(rig.start(model), Outcome.COMPLETE)
                    .answer()
                    .orElseThrow()
                    .usage();

            assertThat(usage.estimated()).isTrue();
            assertThat(usage.inputTokens()).isBetween(5L, 15L);
            assertThat(usage.outputTokens()).isBetween(5L, 9L);
        }
    }

    @Test
    void says_that_an_answer_was_empty() {
        Event.Message kept = rig.endedWhole(rig.start(ScriptedModel.saying("fast")), Outcome.COMPLETE);

        assertThat(kept.text()).isEmpty();
        assertThat(kept.answer().orElseThrow().reason()).isEqualTo("The model gave an empty answer.");
        assertThat(kept.answer().orElseThrow().timing().firstDeltaMillis()).isEqualTo(-1);
    }

    @Test
    void tells_an_answer_that_reached_the_models_limit_from_one_that_its_provider_blocked() {
        var length = new ScriptedModel("a", (call, it) -> it.finished(new Finish(Reason.LENGTH, Optional.empty())));
        var filter =
                new ScriptedModel("b", (call, it) -> it.finished(new Finish(Reason.CONTENT_FILTER, Optional.empty())));

        assertThat(rig.ended(rig.start(length), Outcome.COMPLETE)
                        .answer()
                        .orElseThrow()
                        .reason())
                .contains("continue");
        assertThat(rig.ended(rig.start(filter), Outcome.BLOCKED)
                        .answer()
                        .orElseThrow()
                        .reason())
                .contains("content rules");
    }

    @Test
    void fails_before_the_first_delta() {
        ScriptedModel model = new ScriptedModel("fast", (call, it) -> it.failed(failure(Kind.UNREACHABLE)));

        Event.Message kept = rig.endedWhole(rig.start(model), Outcome.FAILED);

        assertThat(kept.answer().orElseThrow().reason()).isEqualTo("The model said no.");
        rig.givesTheRoomBack();
    }

    @Test
    void keeps_the_text_when_it_fails_in_mid_answer() {
        ScriptedModel model = new ScriptedModel("fast", (call, it) -> {
            it.delta("Half an ");
            it.failed(failure(Kind.CUT));
        });

        assertThat(rig.endedWhole(rig.start(model), Outcome.FAILED).text()).isEqualTo("Half an ");
        assertThat(model.cancels()).isPositive();
    }

    @Test
    void fails_when_the_model_itself_throws() {
        ScriptedModel model = new ScriptedModel("fast", (call, it) -> {
            throw new IllegalStateException("A fault in an adapter.");
        });

        assertThat(rig.ended(rig.start(model), Outcome.FAILED)
                        .answer()
                        .orElseThrow()
                        .reason())
                .contains("could not be asked");
        rig.givesTheRoomBack();
    }

    @Test
    void asks_a_busy_model_again_and_says_so() {
        ScriptedModel model = new ScriptedModel("fast", (call, it) -> {
            if (call < 3) {
                it.failed(failure(Kind.RATE_LIMITED, Duration.ofMillis(5)));
            } else {
                it.delta("Now.");
                it.finished(DONE);
            }
        });

        Event.Message kept = rig.endedWhole(rig.start(model), Outcome.COMPLETE);

        assertThat(kept.text()).isEqualTo("Now.");
        assertThat(rig.events("notice"))
                .extracting(it -> it.path("text").asText())
                .containsExactly(
                        "Model fast is busy. Trying again in 1 s.", "Model fast is busy. Trying again in 1 s.");
    }

    @Test
    void gives_a_busy_model_up_after_so_many_times_or_too_long_a_wait() {
        ScriptedModel always =
                new ScriptedModel("a", (call, it) -> it.failed(failure(Kind.RATE_LIMITED, Duration.ofMillis(2))));
        ScriptedModel tomorrow =
                new ScriptedModel("b", (call, it) -> it.failed(failure(Kind.RATE_LIMITED, Duration.ofHours(20))));

        rig.ended(rig.start(always), Outcome.FAILED);
        rig.ended(rig.start(tomorrow), Outcome.FAILED);

        assertThat(always.asked()).isEqualTo(3);
        assertThat(tomorrow.asked()).isEqualTo(1);
    }

    @Test
    void stops_while_it_waits_for_a_busy_model() {
        ScriptedModel model =
                new ScriptedModel("a", (call, it) -> it.failed(failure(Kind.RATE_LIMITED, Duration.ofSeconds(15))));
        String turn = rig.start(model);

        rig.turns.stop(TurnRig.ROOM, turn, "Ada");

        rig.ended(turn, Outcome.STOPPED);
        assertThat(model.asked()).isEqualTo(1);
    }

    @Test
    void stops_before_the_first_delta_and_in_mid_answer_and_twice() {
        ScriptedModel first = ScriptedModel.silent("a");
        String one = rig.start(first);
        rig.turns.stop("other room", one, "Eve");
        assertThat(rig.turns.running()).isEqualTo(1);
        rig.turns.stop(TurnRig.ROOM, one, "Ada");
        assertThat(rig.endedWhole(one, Outcome.STOPPED).answer().orElseThrow().reason())
                .isEqualTo("Stopped by Ada.");
        assertThat(first.cancels()).isEqualTo(1);

        ScriptedModel second = ScriptedModel.silent("b");
        String two = rig.start(second);
        second.listener().delta("Half");
        rig.turns.stop(TurnRig.ROOM, two, "Ada");
        rig.turns.stop(TurnRig.ROOM, two, "Bob");
        second.listener().delta(" too late");
        second.listener().finished(DONE);
        assertThat(rig.ended(two, Outcome.STOPPED).text()).isEqualTo("Half");
        assertThat(second.cancels()).isEqualTo(1);
        rig.turns.stop(TurnRig.ROOM, two, "Ada");
        rig.givesTheRoomBack();
    }

    @Test
    void stops_a_turn_that_was_announced_but_not_yet_begun() {
        AtomicReference<TurnRig> self = new AtomicReference<>();
        TurnObserver stopper = branch -> {
            self.get().turns.stop(TurnRig.ROOM, branch.turn(), "Ada");
            return BranchObserver.NONE;
        };
        try (TurnRig stopping = new TurnRig(TurnSettings.DEFAULT, List.of(stopper))) {
            self.set(stopping);
            ScriptedModel model = ScriptedModel.silent("a");

            String turn = stopping.start("Before. ", model);

            assertThat(stopping.ended(turn, Outcome.STOPPED).text()).isEqualTo("Before. ");
            assertThat(model.asked()).isZero();
        }
    }

    @Test
    void ends_once_when_a_stop_meets_the_end() throws Exception {
        for (int i = 0; i < 150; i++) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = rig.start(model);
            var barrier = new CyclicBarrier(3);
            var late = new CountDownLatch(3);
            run(barrier, late, () -> rig.turns.stop(TurnRig.ROOM, turn, "Ada"));
            run(barrier, late, () -> {
                model.listener().delta("Some text");
                model.listener().finished(DONE);
            });
            run(barrier, late, () -> rig.turns.supersede(TurnRig.ROOM, Set.of("m1")));
            late.await();
            soon().until(() -> rig.turns.running() == 0);
            JsonNode end = rig.events("turn-ended").getLast();
            rig.ended(turn, Outcome.of(end.path("outcome").asText()));
        }
        assertThat(rig.events("turn-ended")).hasSize(150);
        rig.givesTheRoomBack();
    }

    private static void run(CyclicBarrier barrier, CountDownLatch late, Runnable work) {
        Thread.startVirtualThread(() -> {
            try {
                barrier.await();
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                late.countDown();
            }
        });
    }

    @Test
    void releases_nothing_after_a_block() {
        with(guard("word", (context, next) -> new Stage() {
            @Override
            public void delta(String text) {
                if (text.contains("secret")) {
                    next.delta("[…]");
                    context.block("no-secrets", "This may not be said.");
                }
                next.delta(text);
            }

            @Override
            public void end() {
                next.delta("held");
                next.end();
            }
        }));
        ScriptedModel model = ScriptedModel.saying("a", "The ", "secret", " is out.");

        Event.Message kept = rig.endedWhole(rig.start(model), Outcome.BLOCKED);

        assertThat(kept.text()).isEqualTo("The […]");
        assertThat(kept.answer().orElseThrow().reason()).isEqualTo("This may not be said.");
        assertThat(rig.events("verdict")).hasSize(1);
        soon().until(() -> model.cancels() > 0);
    }

    @Test
    void counts_a_block_of_held_text_as_a_block() {
        with(guard("held", (context, next) -> new Stage() {
            @Override
            public void delta(String text) {
                // holds everything
            }

            @Override
            public void end() {
                context.block("rule", "This may not be said.");
                next.delta("leak");
                next.end();
            }
        }));
        ScriptedModel model = ScriptedModel.silent("a");
        String turn = rig.start(model);
        model.listener().delta("secret");
        model.listener().finished(new Finish(Reason.STOP, Optional.of(new ReportedUsage(7, 8))));

        Event.Message kept = rig.endedWhole(turn, Outcome.BLOCKED);

        assertThat(kept.text()).isEmpty();
        assertThat(kept.answer().orElseThrow().reason()).isEqualTo("This may not be said.");
    }

    @Test
    void does_not_ask_when_an_interceptor_cannot_open_and_keeps_what_was_said_before() {
        for (Throwable fault : List.of(new IllegalStateException("no rules"), new NoClassDefFoundError("a/B"))) {
            with(guard("broken", (context, next) -> {
                throw TurnsTest.<RuntimeException>unchecked(fault);
            }));
            ScriptedModel model = ScriptedModel.saying("a", "text");

            Event.Message kept = rig.ended(rig.start("Before. ", model), Outcome.FAILED);

            assertThat(kept.text()).isEqualTo("Before. ");
            assertThat(kept.answer().orElseThrow().reason()).contains("broken").contains("administrator");
            assertThat(kept.answer().orElseThrow().usage().inputTokens()).isZero();
            assertThat(model.asked()).isZero();
        }
    }

    @Test
    void releases_nothing_after_an_interceptor_failed() {
        for (Throwable fault : List.of(new IllegalStateException("bug"), new StackOverflowError())) {
            with(guard("broken", (context, next) -> new Stage() {
                @Override
                public void delta(String text) {
                    if (text.contains("2")) {
                        throw TurnsTest.<RuntimeException>unchecked(fault);
                    }
                    next.delta(text);
                }

                @Override
                public void end() {
                    next.delta("held");
                    next.end();
                }
            }));
            ScriptedModel model = ScriptedModel.saying("a", "1", "2", "3", "4");

            Event.Message kept = rig.endedWhole(rig.start(model), Outcome.FAILED);

            assertThat(kept.text()).isEqualTo("1");
            assertThat(kept.answer().orElseThrow().reason()).contains("A check of this installation failed");
        }
    }

    @Test
    void fails_when_an_interceptor_fails_on_what_it_held() {
        with(guard("broken", (context, next) -> new Stage() {
            @Override
            public void delta(String text) {
                next.delta(text);
            }

            @Override
            public void end() {
                throw new IllegalStateException("bug");
            }
        }));

        assertThat(rig.endedWhole(rig.start(ScriptedModel.saying("a", "1")), Outcome.FAILED)
                        .text())
                .isEqualTo("1");
    }

    @Test
    void gives_a_silent_model_up() {
        ScriptedModel model = ScriptedModel.silent("a");
        String turn = rig.start(model);
        model.listener().delta("Then nothing");
        rig.time.pass(Duration.ofSeconds(34));
        model.listener().delta(".");
        rig.time.pass(Duration.ofSeconds(36));

        Event.Message kept = rig.endedWhole(turn, Outcome.FAILED);

        assertThat(kept.text()).isEqualTo("Then nothing.");
        assertThat(kept.answer().orElseThrow().reason()).contains("stopped sending");
        assertThat(model.cancels()).isEqualTo(1);
    }

    @Test
    void ends_an_answer_that_takes_too_long() {
        rig.close();
        rig = new TurnRig(new TurnSettings(3, Duration.ofSeconds(10), 2, Duration.ofSeconds(20), Duration.ofMillis(5)));
        ScriptedModel model = ScriptedModel.silent("a");
        String turn = rig.start(model);
        rig.time.pass(Duration.ofSeconds(11));

        assertThat(rig.endedWhole(turn, Outcome.FAILED).answer().orElseThrow().reason())
                .contains("longer than is allowed");
    }

    @Test
    void leaves_no_message_when_another_takes_its_place_and_has_ended_when_that_is_said() {
        ScriptedModel model = ScriptedModel.silent("a");
        String turn = rig.start(model);
        model.listener().delta("Old");
        rig.turns.supersede(TurnRig.ROOM, Set.of("another"));
        assertThat(rig.turns.running()).isEqualTo(1);

        rig.turns.supersede(TurnRig.ROOM, Set.of("m1"));

        assertThat(rig.turns.running()).isZero();
        assertThat(rig.events("message")).isEmpty();
        rig.endedWhole(turn, Outcome.SUPERSEDED);
    }

    @Test
    void is_interrupted_when_the_server_stops_and_takes_nothing_more() {
        ScriptedModel model = ScriptedModel.silent("a");
        String turn = rig.start(model);
        model.listener().delta("Half");

        rig.turns.shutDown(Duration.ofSeconds(10), false);

        assertThat(rig.turns.running()).isZero();
        assertThat(rig.endedWhole(turn, Outcome.INTERRUPTED).text()).isEqualTo("Half");
        assertThatThrownBy(() -> rig.start(model)).isInstanceOf(TurnsFull.class);
    }

    @Test
    void refuses_more_than_it_may_run() {
        ScriptedModel model = ScriptedModel.silent("a");
        List<String> turns =
                IntStream.range(0, 3).mapToObj(i -> rig.start(model)).toList();

        assertThatThrownBy(() -> rig.start(model)).isInstanceOf(TurnsFull.class).hasMessage(TurnsFull.MESSAGE);
        assertThatThrownBy(() -> rig.turns.checkPlace("org", 1)).isInstanceOf(TurnsFull.class);
        assertThat(rig.events("turn-started")).hasSize(3);

        rig.turns.stopAll(TurnRig.ROOM, "All stop.");
        soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.events("turn-ended")).hasSize(turns.size());
        rig.start(ScriptedModel.saying("a", "ok"));
    }

    @Test
    void ends_each_branch_of_a_turn_by_itself() {
        ScriptedModel slow = ScriptedModel.silent("slow");
        rig.start(ScriptedModel.saying("fast", "Quick."), slow);
        soon().until(() -> rig.turns.running() == 1);
        assertThat(rig.events("turn-ended")).hasSize(1);
        slow.listener().delta("Slow.");
        slow.listener().finished(DONE);

        soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.events("message")).hasSize(2);
        rig.givesTheRoomBack();
    }

    @Test
    void goes_on_while_the_database_is_away_and_is_kept_when_it_is_back() {
        AtomicBoolean away = new AtomicBoolean(true);
        rig.cold.before = call -> {
            if (away.get()) {
                throw new IllegalStateException("The database is away.");
            }
        };
        ScriptedModel model = ScriptedModel.silent("a");

        String turn = rig.start(model);
        model.listener().delta("All is ");
        model.listener().delta("well.");
        model.listener().finished(DONE);

        soon().until(() -> rig.events("turn-ended").size() == 1);
        assertThat(rig.events("message").getLast().path("text").asText()).isEqualTo("All is well.");
        assertThat(rig.log.unkept()).isEqualTo(2);
        away.set(false);
        soon().until(() -> rig.log.unkept() == 0);
        assertThat(rig.ended(turn, Outcome.COMPLETE).text()).isEqualTo("All is well.");
        rig.givesTheRoomBack();
    }

    @Test
    void starts_nothing_when_the_log_takes_nothing() {
        rig.hot.failAppends(1);
        ScriptedModel model = ScriptedModel.silent("a");

        assertThatThrownBy(() -> rig.start(model)).hasMessageContaining("log");

        assertThat(rig.turns.running()).isZero();
        assertThat(model.asked()).isZero();
        rig.givesTheRoomBack();
    }

    @Test
    void ends_with_the_whole_text_when_the_log_failed_in_between() {
        ScriptedModel model = ScriptedModel.silent("a");
        String turn = rig.start(model);
        model.listener().delta("One ");
        rig.hot.failAppends(2);
        model.listener().delta("two ");
        soon().until(() -> {
            model.listener().delta("more ");
            return rig.turns.running() == 0;
        });

        Event.Message kept = rig.ended(turn, Outcome.FAILED);

        assertThat(kept.text()).startsWith("One two ");
        assertThat(kept.answer().orElseThrow().reason()).contains("could not take the answer");
        rig.givesTheRoomBack();
    }

    @Test
    void tries_again_when_the_database_does_not_take_the_end() {
        AtomicInteger tries = new AtomicInteger();
        rig.cold.before = call -> {
            if (call.equals("finishAnswer") && tries.incrementAndGet() < 2) {
                throw new IllegalStateException("The database is away.");
            }
        };

        assertThat(rig.endedWhole(rig.start(ScriptedModel.saying("a", "Kept.")), Outcome.COMPLETE)
                        .text())
                .isEqualTo("Kept.");
        assertThat(tries).hasValue(2);
    }

    @Test
    void keeps_the_text_so_far_and_where_in_the_log_it_ends() {
        ScriptedModel model = ScriptedModel.silent("a");
        String turn = rig.start(model);
        String branch = rig.events("turn-started")
                .get(0)
                .path("branches")
                .get(0)
                .path("branch")
                .asText();
        rig.log.kept(TurnRig.ROOM).join();
        for (int i = 0; i < 50; i++) {
            model.listener().delta("word" + i + " ");
            var kept = rig.stored(branch);
            String text = String.join(
                    "",
                    rig.events().subList(0, (int) kept.through().seq()).stream()
                            .filter(it -> it.path("type").asText().equals("delta"))
                            .map(it -> it.path("text").asText())
                            .toList());
            assertThat(kept.message().text()).isEqualTo(text);
        }
        soon().untilAsserted(
                        () -> assertThat(rig.stored(branch).message().text()).endsWith("word49 "));
        model.listener().finished(DONE);
        rig.endedWhole(turn, Outcome.COMPLETE);
    }

    @Test
    void saves_the_text_so_far_again_when_the_database_did_not_take_it() {
        AtomicInteger refused = new AtomicInteger();
        rig.cold.before = call -> {
            if (call.equals("saveTexts") && refused.incrementAndGet() < 3) {
                throw new IllegalStateException("The database is away.");
            }
        };
        ScriptedModel model = ScriptedModel.silent("a");
        rig.start(model);
        String branch = rig.events("turn-started")
                .get(0)
                .path("branches")
                .get(0)
                .path("branch")
                .asText();

        model.listener().delta("Only this.");

        soon().untilAsserted(
                        () -> assertThat(rig.stored(branch).message().text()).isEqualTo("Only this."));
    }

    @Test
    void begins_a_continued_answer_with_what_it_had() {
        ScriptedModel model = ScriptedModel.saying("a", "and more.");

        Event.Message kept = rig.endedWhole(rig.start("Some text ", model), Outcome.COMPLETE);

        assertThat(kept.text()).isEqualTo("Some text and more.");
    }

    @Test
    void gives_up_its_place_even_if_everything_fails_at_the_end() {
        ScriptedModel model = ScriptedModel.silent("a");
        rig.start(model);
        rig.hot.failAppends(Integer.MAX_VALUE);
        rig.cold.before = call -> {
            throw new IllegalStateException("The database is away.");
        };

        model.listener().finished(DONE);

        soon().until(() -> rig.turns.running() == 0);
    }

    @Test
    void sends_the_prompt_as_the_stages_let_it_from_the_log_to_the_model() {
        try (TurnRig guarded = new TurnRig(
                guard("first", (branch, next) -> new Adding("first", next)),
                guard("second", (branch, next) -> new Adding("second", next)))) {
            ScriptedModel model = ScriptedModel.saying("a", "Yes.");

            guarded.endedWhole(guarded.start(model), Outcome.COMPLETE);

            assertThat(model.prompts().getFirst().lines().getFirst().text()).isEqualTo("What is a weir? second first");
        }
    }

    @Test
    void asks_no_model_what_a_stage_blocks() {
        Opening refusing = (branch, next) -> new Adding("", next) {
            @Override
            public List<Line> prompt(List<Line> lines) {
                branch.block("rule", "That can't be asked here.");
                return lines;
            }
        };
        try (TurnRig guarded = new TurnRig(guard("judge", refusing))) {
            ScriptedModel model = ScriptedModel.saying("a", "Yes.");

            Event.Message kept = guarded.ended(guarded.start(model), Outcome.BLOCKED);

            assertThat(model.asked()).isZero();
            assertThat(kept.answer().orElseThrow().reason()).isEqualTo("That can't be asked here.");
            assertThat(kept.answer().orElseThrow().usage().inputTokens()).isZero();
        }
    }

    @Test
    void asks_no_model_when_a_stage_fails_at_the_prompt() {
        Opening failing = (branch, next) -> new Adding("", next) {
            @Override
            public List<Line> prompt(List<Line> lines) {
                throw new IllegalStateException("no judge");
            }
        };
        try (TurnRig guarded = new TurnRig(guard("judge", failing))) {
            ScriptedModel model = ScriptedModel.saying("a", "Yes.");

            guarded.ended(guarded.start(model), Outcome.FAILED);

            assertThat(model.asked()).isZero();
        }
    }

    @Test
    void shows_the_tool_calls_that_the_stages_let_through() {
        Opening hiding = (branch, next) -> new Adding("", next) {
            @Override
            public ToolCall toolCall(ToolCall call) {
                return new ToolCall(call.id(), call.name(), "{}");
            }
        };
        try (TurnRig guarded = new TurnRig(guard("hide", hiding))) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = guarded.start(model);

            model.listener().toolCalls(List.of(new ToolCall("1", "look", "{\"secret\":1}")));
            model.listener().finished(DONE);

            Event.Message kept = guarded.ended(turn, Outcome.COMPLETE);
            assertThat(kept.answer().orElseThrow().toolCalls()).containsExactly(new ToolCall("1", "look", "{}"));
        }
    }

    @Test
    void runs_a_step_that_another_thread_made_ready_until_the_end_and_not_after() {
        AtomicReference<BranchContext> context = new AtomicReference<>();
        AtomicReference<Stage> after = new AtomicReference<>();
        try (TurnRig guarded = new TurnRig(guard("later", (branch, next) -> {
            context.set(branch);
            after.set(next);
            return new Adding("", next);
        }))) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = guarded.start(model);
            model.listener().delta("One ");

            context.get().step(() -> after.get().delta("two"));
            model.listener().finished(DONE);

            assertThat(guarded.ended(turn, Outcome.COMPLETE).text()).isEqualTo("One two");
            context.get().step(() -> after.get().delta(" three"));
            assertThat(guarded.streamed()).isEqualTo("One two");
        }
    }

    @Test
    void takes_back_what_was_shown_for_everybody_who_reads_it() {
        AtomicReference<BranchContext> context = new AtomicReference<>();
        try (TurnRig guarded = new TurnRig(guard("late", (branch, next) -> {
            context.set(branch);
            return new Adding("", next);
        }))) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = guarded.start(model);
            model.listener().delta("A good sentence. ");
            int good = context.get().shown();
            model.listener().delta("A bad ");
            model.listener().delta("one.");
            soon().until(() -> guarded.streamed().endsWith("one."));
            String branch = guarded.events("delta").get(0).path("branch").asText();

            context.get().step(() -> context.get().withdraw(good, "hate", "This may not be said."));
            model.listener().delta(" More.");

            Event.Message kept = guarded.ended(turn, Outcome.BLOCKED);
            assertThat(kept.text()).isEqualTo("A good sentence. ");
            assertThat(kept.answer().orElseThrow().reason()).isEqualTo("This may not be said.");
            assertThat(guarded.streamed()).isEqualTo("A good sentence. A bad one.");
            JsonNode event = guarded.events("withdrawn").get(0);
            assertThat(event.path("kept").asInt()).isEqualTo(17);
            assertThat(event.path("branch").asText()).isEqualTo(branch);
            assertThat(event.path("rule").asText()).isEqualTo("hate");
            assertThat(guarded.events("verdict").get(0).path("decision").asText())
                    .isEqualTo("blocked");
            soon().until(() -> model.cancels() > 0);
        }
    }

    @Test
    void sends_nothing_to_the_log_that_was_taken_back_before_it_went() {
        AtomicReference<BranchContext> context = new AtomicReference<>();
        try (TurnRig guarded = new TurnRig(guard("late", (branch, next) -> {
            context.set(branch);
            return new Adding("", next);
        }))) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = guarded.start("Before. ", model);
            model.listener().delta("One. ");
            soon().until(() -> guarded.streamed().equals("Before. One. "));
            guarded.hot.hold();
            model.listener().delta("Two. ");
            model.listener().delta("Three. ");
            int two = context.get().shown();
            model.listener().delta("Four.");

            context.get().step(() -> context.get().withdraw(two - 3, "hate", "No."));
            guarded.hot.letGo();

            assertThat(guarded.ended(turn, Outcome.BLOCKED).text()).isEqualTo("Before. One. Two. Thre");
            assertThat(guarded.streamed()).isEqualTo("Before. One. Two. Thre");
        }
    }

    @Test
    void keeps_what_stays_after_it_was_taken_back_at_the_very_end() {
        try (TurnRig guarded = new TurnRig(guard("late", (branch, next) -> new Adding("", next) {
            @Override
            public void end() {
                branch.withdraw(3, "hate", "No.");
            }
        }))) {
            String turn = guarded.start(ScriptedModel.saying("a", "Good", "bad"));

            assertThat(guarded.ended(turn, Outcome.BLOCKED).text()).isEqualTo("Goo");
        }
    }

    @Test
    void waits_for_something_outside_until_it_is_there_or_the_branch_is_stopped() {
        AtomicReference<Boolean> there = new AtomicReference<>();
        var outside = new java.util.concurrent.CompletableFuture<String>();
        try (TurnRig guarded = new TurnRig(guard("waiting", (branch, next) -> new Adding("", next) {
            @Override
            public void delta(String text) {
                there.set(branch.await(outside, Duration.ofMinutes(1)));
                next.delta(text);
            }
        }))) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = guarded.start(model);
            Thread.startVirtualThread(() -> model.listener().delta("One"));
            guarded.turns.stop(TurnRig.ROOM, turn, "Ada");
            guarded.ended(turn, Outcome.STOPPED);
            assertThat(there.get()).isIn(false, null);

            outside.complete("now");
            ScriptedModel other = ScriptedModel.saying("b", "Two");
            guarded.ended(guarded.start(other), Outcome.COMPLETE);
            assertThat(there.get()).isTrue();
        }
    }

    /** A stage that adds a word to prompts and passes text on. */
    private static class Adding implements Stage {
        private final String word;
        final Stage next;

        Adding(String word, Stage next) {
            this.word = word;
            this.next = next;
        }

        @Override
        public List<Line> prompt(List<Line> lines) {
            return lines.stream()
                    .map(it -> new Line(it.speaker(), it.text() + " " + word))
                    .toList();
        }

        @Override
        public void delta(String text) {
            next.delta(text);
        }

        @Override
        public void end() {
            next.end();
        }
    }

    private interface Opening {
        Stage open(BranchContext context, Stage next);
    }

    private static StreamInterceptor guard(String name, Opening opening) {
        return new StreamInterceptor() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Stage open(BranchContext branch, Stage next) {
                return opening.open(branch, next);
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable cause) throws T {
        throw (T) cause;
    }
}
