package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.budget.BudgetRig;
import dev.weir.budget.Consumption;
import dev.weir.budget.Payer;
import dev.weir.budget.rate.RateLimits;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.log.ColdLog.Stored;
import dev.weir.log.MemoryColdLog;
import dev.weir.log.MemoryHotTail;
import dev.weir.log.QuickRoomLog;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.pipeline.LengthGuard;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Policies;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.UsageMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.core.ConditionFactory;

/** Turns on a log in memory, and what can be said of each that has ended. */
final class TurnRig implements AutoCloseable {

    static final String ROOM = "r";
    static final Prompt PROMPT = new Prompt(List.of(new Prompt.Line(Prompt.Role.USER, "What is a weir?")));
    /** How long an answer waits for a budget to be raised, when the test does not say. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final TurnSettings SETTINGS =
            new TurnSettings(3, Duration.ofMinutes(30), 2, Duration.ofSeconds(20), Duration.ofMillis(5));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Another one when the others have gone on without it. */
    volatile String node = "n1";

    final MemoryColdLog cold = new MemoryColdLog();
    final MemoryHotTail hot = new MemoryHotTail(100_000, cold);
    final RoomLog log = QuickRoomLog.of(hot, cold);
    final FakeTime time = new FakeTime();
    final Activity activity = new Activity(
            time, () -> Duration.between(Instant.EPOCH, time.instant()).toNanos());
    final BudgetRig budgets = new BudgetRig(time);
    final Consumption consumption = budgets.consumption;
    /** The models that there are beside those that are asked. */
    final Map<String, StreamingModel> others = new ConcurrentHashMap<>();

    final FakeAnswersUnderWay underWay = new FakeAnswersUnderWay();

    final Turns turns;

    /** The price of what was used beside answers since it was looked at. */
    private final LongAdder beside = new LongAdder();

    /** Keeps the room's tail for the test to look at. */
    private final RoomHandle watcher = log.open(ROOM);

    TurnRig(StreamInterceptor... more) {
        this(SETTINGS, more);
    }

    TurnRig(TurnSettings settings, StreamInterceptor... more) {
        this(settings, List.of(), more);
    }

    /** @param patience how long an answer waits for a budget to be raised */
    TurnRig(Duration patience) {
        this(SETTINGS, List.of(), Policies.NONE, Map.of(), patience);
    }

    TurnRig(TurnSettings settings, List<TurnObserver> observers, StreamInterceptor... more) {
        this(settings, observers, Policies.NONE, Map.of(), PATIENCE, more);
    }

    TurnRig(TurnSettings settings, List<TurnObserver> observers, Policies policies, StreamInterceptor... more) {
        this(settings, observers, policies, Map.of(), PATIENCE, more);
    }

    /** @param keys the configuration */
    TurnRig(Map<String, String> keys, StreamInterceptor... more) {
        this(TurnSettings.DEFAULT, List.of(), Policies.NONE, keys, PATIENCE, more);
    }

    private TurnRig(
            TurnSettings settings,
            List<TurnObserver> observers,
            Policies policies,
            Map<String, String> keys,
            Duration patience,
            StreamInterceptor... more) {
        List<StreamInterceptor> interceptors = new ArrayList<>(List.of(new UsageMeter()));
        interceptors.addAll(List.of(more));
        interceptors.add(new LengthGuard());
        List<TurnObserver> told = new ArrayList<>(observers);
        told.add(activity);
        told.add(new TurnObserver() {
            @Override
            public BranchObserver started(StartedBranch branch) {
                return BranchObserver.NONE;
            }

            @Override
            public void used(String model, Usage usage) {
                beside.add(usage.micros());
            }
        });
        Pipeline pipeline = new Pipeline(interceptors, key -> Optional.ofNullable(keys.get(key)), policies);
        Purse purse = new Purse(budgets.ledger, RateLimits.NONE, catalogue(), patience, 16);
        turns = new Turns(
                log,
                cold,
                pipeline,
                settings,
                time,
                purse,
                told,
                new Neighbours(() -> node, OtherNodes.NONE, underWay));
    }

    ModelCatalogue catalogue() {
        return new ModelCatalogue() {
            @Override
            public List<ModelSpec> specs() {
                return others.values().stream().map(StreamingModel::spec).toList();
            }

            @Override
            public Optional<StreamingModel> model(String name) {
                return Optional.ofNullable(others.get(name));
            }
        };
    }

    /** Waits without losing time, also for what is not there at all yet. */
    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .ignoreException(NoSuchElementException.class);
    }

    String start(StreamingModel... models) {
        return start("", models);
    }

    String start(String textBefore, StreamingModel... models) {
        return turns.start(order(textBefore, models)).turn().turn();
    }

    static TurnOrder order(String textBefore, StreamingModel... models) {
        List<TurnOrder.Answering> answers = new ArrayList<>();
        for (StreamingModel model : models) {
            answers.add(new TurnOrder.Answering(model, PROMPT, textBefore, Optional.empty()));
        }
        return new TurnOrder(ROOM, "m1", Member.person("ada", "Ada"), "org", answers);
    }

    Payer payer(String model) {
        return new Payer("org", "ada", ROOM, model);
    }

    List<JsonNode> events() {
        return hot.events(ROOM).stream().map(TurnRig::read).toList();
    }

    List<JsonNode> events(String type) {
        return events().stream()
                .filter(it -> it.path("type").asText().equals(type))
                .toList();
    }

    List<String> deltas() {
        return events("delta").stream().map(it -> it.path("text").asText()).toList();
    }

    String streamed() {
        return String.join("", deltas());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    /**
     * The turn, of one branch, has ended with this outcome, in the log and in the database, once and wholly.
     *
     * @return its one message in the database
     */
    Event.Message ended(String turn, Outcome outcome) {
        soon().until(() -> turns.running() == 0);
        soon().until(() -> activity.live().isEmpty());
        List<JsonNode> events = events();
        List<JsonNode> ends = events.stream()
                .filter(it -> it.path("type").asText().equals("turn-ended")
                        && it.path("turn").asText().equals(turn))
                .toList();
        assertThat(ends).hasSize(1);
        JsonNode end = ends.get(0);
        assertThat(end.path("outcome").asText()).isEqualTo(outcome.word());
        String branch = end.path("branch").asText();

        List<JsonNode> messages = events.stream()
                .filter(it -> it.path("type").asText().equals("message")
                        && it.path("id").asText().equals(branch))
                .toList();
        assertThat(messages).hasSize(outcome == Outcome.SUPERSEDED ? 0 : 1);
        int at = events.indexOf(end);
        assertThat(events.get(at + 1).path("state").asText()).isEqualTo("idle");
        assertThat(events.subList(at + 2, events.size()).stream().map(JsonNode::toString))
                .noneMatch(it -> it.contains(branch));
        String model = events.get(at + 1).path("member").path("id").asText();
        assertThat(events.subList(at + 2, events.size()))
                .noneMatch(it -> it.path("member").path("id").asText().equals(model));

        soon().until(() -> !stored(branch).live());
        Event.Message kept = stored(branch).message();
        Event.Answer answer = kept.answer().orElseThrow();
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.reason()).isEqualTo(end.path("reason").asText());
        assertThat(answer.usage().outputTokens())
                .isEqualTo(end.path("usage").path("outputTokens").asLong());
        assertThat(answer.usage().micros())
                .isEqualTo(2 * answer.usage().inputTokens() + 3 * answer.usage().outputTokens() + beside.sumThenReset())
                .isEqualTo(end.path("usage").path("costMicros").asLong());
        for (JsonNode message : messages) {
            assertThat(events.indexOf(message)).isEqualTo(at - 1);
            assertThat(message.path("text").asText()).isEqualTo(kept.text());
            assertThat(message.path("usage")).isEqualTo(end.path("usage"));
            assertThat(message.path("timing")).isEqualTo(end.path("timing"));
        }
        return kept;
    }

    /** The same, and what was streamed is exactly what is kept. */
    Event.Message endedWhole(String turn, Outcome outcome) {
        Event.Message kept = ended(turn, outcome);
        assertThat(streamed()).isEqualTo(kept.text());
        return kept;
    }

    Stored stored(String branch) {
        return cold.message(ROOM, branch).orElseThrow();
    }

    void givesTheRoomBack() {
        watcher.close();
        soon().until(() -> log.openRooms() == 0);
    }

    @Override
    public void close() {
        turns.shutDown(Duration.ofMillis(200), false);
    }
}
