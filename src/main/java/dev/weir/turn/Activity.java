package dev.weir.turn;

import dev.weir.event.Event.Presence.State;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.figure.Distribution;
import dev.weir.model.ModelFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * What this node's turns are doing and have done since it started: the one place where that is counted, for the console
 * and for the metrics alike. Counting takes no lock and allocates nothing per delta. Thread-safe.
 */
@ApplicationScoped
public class Activity implements TurnObserver {

    private final ConcurrentMap<String, ModelFigures> models = new ConcurrentHashMap<>();
    private final Set<LiveBranch> running = ConcurrentHashMap.newKeySet();
    private final LastSeconds seconds;
    private final LongSupplier nanos;

    public Activity() {
        this(InstantSource.system(), System::nanoTime);
    }

    /** @param nanos a clock that never goes back, in nanoseconds */
    Activity(InstantSource clock, LongSupplier nanos) {
        this.seconds = new LastSeconds(clock);
        this.nanos = nanos;
    }

    @Override
    public BranchObserver started(StartedBranch branch) {
        LiveBranch live = new LiveBranch(branch, figures(branch.model().name()), seconds, nanos, running::remove);
        running.add(live);
        seconds.now().started.increment();
        return live;
    }

    @Override
    public void used(String model, Usage usage) {
        figures(model).used(usage);
    }

    private ModelFigures figures(String model) {
        return models.computeIfAbsent(model, it -> new ModelFigures());
    }

    /** The branches that run on this node, the oldest first. */
    public List<Live> live() {
        return running.stream()
                .map(LiveBranch::now)
                .sorted(Comparator.comparing(Live::startedAt).thenComparing(Live::branch))
                .toList();
    }

    /** How many branches run on this node. */
    public int running() {
        return running.size();
    }

    /** What each model has done since this node started, by its name in the catalogue; models never asked are missing. */
    public Map<String, Totals> totals() {
        return models.entrySet().stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, it -> it.getValue().totals()));
    }

    /** What this model has done since this node started; zeros when it was never asked. */
    public Totals totals(String model) {
        ModelFigures figures = models.get(model);
        return (figures == null ? new ModelFigures() : figures).totals();
    }

    /**
     * The latest whole seconds, the oldest first, without gaps: seconds in which nothing happened have zeros.
     *
     * @param n how many, from 1 to {@value LastSeconds#MOST}; others are brought into that range
     */
    public List<Second> lastSeconds(int n) {
        return seconds.last(n);
    }

    /**
     * A branch that runs now.
     *
     * @param model its name in the catalogue
     * @param deltas let through so far
     * @param outputTokens so far, estimated
     * @param state thinking before the model's first delta, then generating
     */
    public record Live(
            String room,
            String turn,
            String branch,
            String model,
            Member requestedBy,
            Instant startedAt,
            long deltas,
            long outputTokens,
            State state) {}

    /**
     * What a model has done.
     *
     * @param ended branches by outcome; outcomes that did not occur are missing
     * @param inputTokens of branches that have ended, by the provider's figures where it gives any, and of what was
     *     translated and judged beside answers
     * @param outputTokens as inputTokens
     * @param micros the price of these, in millionths of a US dollar
     * @param deltas let through, also of branches that run
     * @param characters let through, also of branches that run
     * @param retries how often it was asked again because it was busy
     * @param failures branches that ended because the model failed, by how; kinds that did not occur are missing
     * @param firstDelta from the start of the branch to the model's first delta
     * @param betweenDeltas from one delta let through to the next
     * @param duration from the start of the branch to its end
     */
    public record Totals(
            long started,
            Map<Outcome, Long> ended,
            long inputTokens,
            long outputTokens,
            long micros,
            long deltas,
            long characters,
            long retries,
            Map<ModelFailure.Kind, Long> failures,
            Distribution firstDelta,
            Distribution betweenDeltas,
            Distribution duration) {}

    /**
     * One second of this node.
     *
     * @param at its beginning
     * @param deltas let through
     * @param outputTokens estimated while they stream
     * @param started branches that began
     * @param ended branches that ended, however
     * @param errors those of them that failed
     * @param firstDeltas branches whose first delta came
     * @param firstDeltaP50Millis the median of their waits for it, in milliseconds; 0 when there were none
     * @param firstDeltaMaxMillis the longest of these
     */
    public record Second(
            Instant at,
            long deltas,
            long outputTokens,
            long started,
            long ended,
            long errors,
            long firstDeltas,
            long firstDeltaP50Millis,
            long firstDeltaMaxMillis) {}
}
