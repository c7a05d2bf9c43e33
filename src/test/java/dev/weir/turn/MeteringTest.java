package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Consumption.By;
import dev.weir.budget.Totals;
import dev.weir.event.Event.ToolCall;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.model.Finish;
import dev.weir.model.Finish.Reason;
import dev.weir.model.Finish.ReportedUsage;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelSpec.Price;
import dev.weir.model.ScriptedModel;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.Tokens;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted, for each way in which an answer can end, and that it is settled once. */
class MeteringTest {

    private static final String TEXT = "A low dam across a river keeps its level up. ";
    private static final String CHINESE = "低矮的水坝横跨河流保持水位。".repeat(20);
    private static final Price PRICE = new Price(new BigDecimal("2"), new BigDecimal("0.5"), new BigDecimal("3"));
    private static final List<Line> ASKED = List.of(new Line(Role.USER, "What is a weir?"));
    private static final long INPUT = Tokens.count("What is a weir?") + 4L;

    private TurnRig rig = new TurnRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static Usage usage(Optional<ReportedUsage> told) {
        return Metering.usage(PRICE, told, ASKED, 40);
    }

    @ParameterizedTest
    @CsvSource({
        // told: input, cached, output, thought -> what counts, and its price
        "100, 0, 20, 0,        100, 0, 20, 0, 260",
        "100, 80, 20, 0,       100, 80, 20, 0, 140",
        "100, 80, 20, 15,      100, 80, 20, 15, 140",
        "100, 101, 20, 21,     100, 100, 20, 20, 110",
        "100, -5, 20, -1,      100, 0, 20, 0, 260",
        "0, 0, 0, 0,           0, 0, 0, 0, 0",
    })
    void takes_the_providers_figures_and_no_part_larger_than_its_whole(
            long input,
            long cached,
            long output,
            long thought,
            long itsInput,
            long itsCached,
            long itsOutput,
            long itsThought,
            long micros) {
        assertThat(usage(Optional.of(new ReportedUsage(input, cached, output, thought))))
                .isEqualTo(new Usage(itsInput, itsCached, itsOutput, itsThought, micros, false));
    }

    @Test
    void counts_by_itself_when_the_provider_tells_nothing_or_nonsense() {
        Usage counted = new Usage(INPUT, 0, 40, 0, 2 * INPUT + 120, true);
        assertThat(usage(Optional.empty())).isEqualTo(counted);
        assertThat(usage(Optional.of(new ReportedUsage(-1, 10)))).isEqualTo(counted);
        assertThat(usage(Optional.of(new ReportedUsage(10, Long.MAX_VALUE)))).isEqualTo(counted);
        assertThat(usage(Optional.of(new ReportedUsage(2_000_000_000L, 1)))).isEqualTo(counted);
    }

    private Totals total() {
        Totals total = Objects.requireNonNull(rig.consumption.totals(By.MODEL).get("fast"));
        for (By by : By.values()) {
            String key = switch (by) {
                case USER -> "ada";
                case ORGANISATION -> "org";
                case KEY -> "";
                case ROOM -> TurnRig.ROOM;
                case MODEL -> "fast";
            };
            assertThat(rig.consumption.totals(by)).containsExactly(Map.entry(key, total));
        }
        return total;
    }

    /** Settled once, with what the answer itself says. */
    private Usage settled(String turn, Outcome outcome) {
        Usage usage = rig.ended(turn, outcome).answer().orElseThrow().usage();
        assertThat(total())
                .isEqualTo(new Totals(
                        1,
                        usage.inputTokens(),
                        usage.cachedInputTokens(),
                        usage.outputTokens(),
                        usage.reasoningTokens(),
                        usage.micros(),
                        0));
        return usage;
    }

    @Test
    void settles_a_complete_answer_with_the_providers_figures() {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        model.listener().delta(TEXT);
        model.listener().finished(new Finish(Reason.STOP, Optional.of(new ReportedUsage(10, 8, 20, 5))));

        Usage usage = settled(turn, Outcome.COMPLETE);
        assertThat(usage).isEqualTo(new Usage(10, 8, 20, 5, 80, false));
        assertThat(rig.events("turn-ended")
                        .getFirst()
                        .path("usage")
                        .path("cachedInputTokens")
                        .asLong())
                .isEqualTo(8);
        assertThat(rig.events("turn-ended")
                        .getFirst()
                        .path("usage")
                        .path("reasoningTokens")
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    void shows_live_what_a_running_answer_has_used_so_far() {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        model.listener().delta(TEXT);
        model.listener().delta(TEXT);

        assertThat(total().running()).isBetween(2L * Tokens.count(TEXT) - 2, 2L * Tokens.count(TEXT) + 2);
        assertThat(total().answers()).isZero();
        model.listener().finished(new Finish(Reason.STOP, Optional.empty()));
        assertThat(settled(turn, Outcome.COMPLETE).estimated()).isTrue();
    }

    @Test
    void counts_a_stopped_answer_up_to_the_stop() {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        model.listener().delta(CHINESE);
        rig.turns.stop(TurnRig.ROOM, turn, "Ada");

        Usage usage = settled(turn, Outcome.STOPPED);
        assertThat(usage.outputTokens()).isEqualTo(Tokens.count(CHINESE));
        assertThat(usage.inputTokens()).isEqualTo(INPUT);
    }

    @Test
    void counts_what_the_model_sent_before_a_block_not_what_was_shown() {
        rig.close();
        rig = new TurnRig(new Blocking());
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        model.listener().delta(TEXT);
        model.listener().delta(CHINESE + "!");

        Usage usage = settled(turn, Outcome.BLOCKED);
        assertThat(rig.streamed()).isEmpty();
        assertThat(usage.outputTokens())
                .isBetween((long) Tokens.count(TEXT + CHINESE), Tokens.count(TEXT + CHINESE) + 3L);
    }

    /** Holds everything and blocks at an exclamation mark. */
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
                    if (text.endsWith("!")) {
                        branch.verdict(Verdict.Decision.BLOCKED, "mark");
                        branch.block("mark", "No.");
                    }
                }

                @Override
                public void end() {
                    next.end();
                }
            };
        }
    }

    @Test
    void counts_tools_that_were_asked_for() {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        model.listener().toolCalls(List.of(new ToolCall("1", "look_up", "{\"q\":\"weir\"}")));
        model.listener().finished(new Finish(Reason.OTHER, Optional.empty()));

        assertThat(settled(turn, Outcome.COMPLETE).outputTokens())
                .isEqualTo(Tokens.count("look_up") + Tokens.count("{\"q\":\"weir\"}"));
    }

    private static ModelFailure failure(ModelFailure.Kind kind) {
        return new ModelFailure(kind, "It failed.", "it failed", Optional.of(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @EnumSource
    void counts_nothing_of_what_the_provider_refused(ModelFailure.Kind kind) {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        model.listener().failed(failure(kind));

        boolean billed = kind == ModelFailure.Kind.CUT || kind == ModelFailure.Kind.STALLED;
        Usage usage = settled(turn, Outcome.FAILED);
        assertThat(usage.inputTokens()).isEqualTo(billed ? INPUT : 0);
        assertThat(usage.outputTokens()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void counts_what_came_before_a_failure(ModelFailure.Kind kind) {
        ScriptedModel model = ScriptedModel.silent("fast");
        String turn = rig.start(model);
        model.listener().delta(TEXT);
        model.listener().failed(failure(kind));

        Usage usage = settled(turn, Outcome.FAILED);
        assertThat(usage.inputTokens()).isEqualTo(INPUT);
        assertThat(usage.outputTokens()).isBetween((long) Tokens.count(TEXT), Tokens.count(TEXT) + 2L);
    }
}
