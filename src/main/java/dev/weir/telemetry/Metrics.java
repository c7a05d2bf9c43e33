package dev.weir.telemetry;

import dev.weir.audit.Trail;
import dev.weir.budget.Consumption;
import dev.weir.budget.Totals;
import dev.weir.event.Outcome;
import dev.weir.figure.Part;
import dev.weir.log.LogActivity;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelFailure;
import dev.weir.room.Connections;
import dev.weir.turn.Activity;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/** Every metric of Weir, with what it counts. Their labels take only values that the installation itself names. */
@ApplicationScoped
public class Metrics {

    @Inject
    MetricRegistry registry;

    @Inject
    ModelCatalogue models;

    @Inject
    Activity activity;

    @Inject
    Turns turns;

    @Inject
    Connections connections;

    @Inject
    LogActivity log;

    @Inject
    Trail trail;

    @Inject
    Consumption consumption;

    @Inject
    BudgetMetrics budgets;

    @Inject
    RoomLog rooms;

    @Inject
    @Any
    Instance<Part> parts;

    @Inject
    Readiness readiness;

    private volatile @Nullable Meters meters;

    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Meters all = new Meters(registry);
        node(all);
        models.specs().forEach(it -> model(all, it.name()));
        connections.totals().forEach(it -> transport(all, it.transport()));
        log(all);
        audit(all);
        budgets.begin(all);
        jvm(all);
        meters = all;
    }

    private void node(Meters all) {
        all.gauge("build_info", "Always 1; the labels say what runs.", () -> 1.0, new Tag("version", Build.version()));
        all.gauge("ready", "1 when this node is ready for work, else 0.", () -> readiness.isReady() ? 1.0 : 0.0);
        all.gauge("turns_running", "Answers being written on this node.", () -> (double) activity.running());
        all.gauge("turns_running_limit", "The most answers this node makes at a time (weir.turn.max-running).", () ->
                (double) turns.limit());
        all.gauge("turns_waiting", "Answers that wait on this node for a place.", () -> (double) turns.waiting());
        all.gauge("rooms_open", "Rooms that this node has open.", () -> (double) rooms.openRooms());
        for (Part part : parts) {
            part.levels()
                    .forEach(
                            it -> all.gauge(it.name(), it.help(), () -> it.now().getAsDouble()));
        }
    }

    private void model(Meters all, String model) {
        Tag tag = new Tag("model", model);
        for (Outcome outcome : Outcome.values()) {
            all.counter(
                    "turns",
                    "Answers that have ended, by model and outcome.",
                    () -> activity.totals(model).ended().getOrDefault(outcome, 0L),
                    tag,
                    new Tag("outcome", outcome.word()));
        }
        for (ModelFailure.Kind kind : ModelFailure.Kind.values()) {
            all.counter(
                    "model_failures",
                    "Answers that ended because the model or the way to it failed.",
                    () -> activity.totals(model).failures().getOrDefault(kind, 0L),
                    tag,
                    new Tag("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        of(all, tag, "turns_started", "Answers that have begun.", Activity.Totals::started);
        of(all, tag, "input_tokens", "Tokens of prompts of ended answers.", Activity.Totals::inputTokens);
        of(all, tag, "output_tokens", "Tokens of ended answers.", Activity.Totals::outputTokens);
        used(
                all,
                tag,
                "cached_input_tokens",
                "Those of the input tokens that the provider had at hand.",
                Totals::cachedInputTokens);
        used(
                all,
                tag,
                "reasoning_tokens",
                "Those of the output tokens that were thought and not said.",
                Totals::reasoningTokens);
        of(all, tag, "deltas", "Fragments of answers let through by the pipeline.", Activity.Totals::deltas);
        of(all, tag, "delta_characters", "Characters of these fragments.", Activity.Totals::characters);
        of(all, tag, "model_retries", "Times a busy model was asked again.", Activity.Totals::retries);
    }

    private void of(Meters all, Tag model, String name, String help, ToLongFunction<Activity.Totals> figure) {
        all.counter(name, help, () -> figure.applyAsLong(activity.totals(model.getTagValue())), model);
    }

    private void used(Meters all, Tag model, String name, String help, ToLongFunction<Totals> figure) {
        all.counter(
                name,
                help,
                () -> figure.applyAsLong(
                        consumption.totals(Consumption.By.MODEL).getOrDefault(model.getTagValue(), Totals.ZERO)),
                model);
    }

    private void transport(Meters all, String transport) {
        Tag tag = new Tag("transport", transport);
        all.gauge(
                "connections_open",
                "Connections that follow rooms now.",
                () -> (double) connections.totals(transport).open(),
                tag);
        on(all, tag, "connections_opened", "Connections opened, or polls.", Connections.Totals::opened);
        on(all, tag, "resumes", "Connections that came back with a cursor.", Connections.Totals::resumes);
        on(all, tag, "replays", "Snapshots sent.", Connections.Totals::replays);
        on(
                all,
                tag,
                "slow_readers_dropped",
                "Connections ended because the client did not read.",
                Connections.Totals::dropped);
        on(all, tag, "frames_sent", "Frames sent to clients.", Connections.Totals::frames);
        on(all, tag, "frame_characters_sent", "Characters of these frames.", Connections.Totals::characters);
    }

    private void on(Meters all, Tag transport, String name, String help, ToLongFunction<Connections.Totals> figure) {
        all.counter(name, help, () -> figure.applyAsLong(connections.totals(transport.getTagValue())), transport);
    }

    private void log(Meters all) {
        all.counter(
                "log_events_appended",
                "Events this node has appended to logs.",
                () -> log.totals().events());
        all.counter(
                "log_append_failures",
                "Appends to logs that failed.",
                () -> log.totals().failures());
        all.counter(
                "log_events_read",
                "Events this node has read from logs.",
                () -> log.totals().read());
    }

    private void audit(Meters all) {
        all.gauge(
                "audit_lag_seconds",
                "How long the oldest record of the audit has been waiting.",
                () -> trail.lag() / 1e9);
        all.gauge("audit_waiting", "Characters, and about as many for each record, that wait to be written.", () ->
                (double) trail.waiting());
        all.gauge("audit_available", "1 while the audit can be written, else 0.", () -> trail.available() ? 1.0 : 0.0);
        all.gauge("audit_head", "The number of the last record in this node's chain.", () ->
                (double) trail.head().map(it -> it.seq()).orElse(0L));
        all.counter("audit_records_lost", "Records that could not be kept.", trail::lost);
    }

    private static void jvm(Meters all) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        all.gauge("jvm_heap_used_bytes", "Heap in use, garbage included.", () ->
                (double) memory.getHeapMemoryUsage().getUsed());
        all.gauge("jvm_heap_limit_bytes", "The most that the heap may grow to.", () ->
                (double) memory.getHeapMemoryUsage().getMax());
        all.gauge("jvm_threads", "Threads of the operating system, virtual ones not counted.", () ->
                (double) ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** Brings the counters up to now. */
    void follow() {
        Meters all = meters;
        if (all != null) {
            budgets.follow(all);
            all.follow();
        }
    }
}
