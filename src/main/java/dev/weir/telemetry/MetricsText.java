package dev.weir.telemetry;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.figure.Distribution;
import dev.weir.log.LogActivity;
import dev.weir.model.ModelCatalogue;
import dev.weir.turn.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.function.Function;

/**
 * The metrics that the server's registry has no form for: histograms (the server counts their buckets over a sample that
 * forgets, which no rate can be taken of) and counters with fractions.
 */
@ApplicationScoped
public class MetricsText {

    @Inject
    ModelCatalogue models;

    @Inject
    Activity activity;

    @Inject
    LogActivity log;

    String write() {
        Exposition text = new Exposition();
        text.histograms("time_to_first_delta_seconds", "From the start of an answer to the model's first delta.");
        byModel(text, Activity.Totals::firstDelta);
        text.histograms("time_between_deltas_seconds", "From one delta let through to the next.");
        byModel(text, Activity.Totals::betweenDeltas);
        text.histograms("turn_duration_seconds", "From the start of an answer to its end.");
        byModel(text, Activity.Totals::duration);
        log(text, log.totals());
        text.counters("cost_dollars_total", "Price of ended answers, in US dollars.");
        models.specs()
                .forEach(it ->
                        text.add(BigDecimal.valueOf(activity.totals(it.name()).micros(), 6), "model", it.name()));
        jvm(text);
        return text.toString();
    }

    private void byModel(Exposition text, Function<Activity.Totals, Distribution> which) {
        models.specs().forEach(it -> text.add(which.apply(activity.totals(it.name())), "model", it.name()));
    }

    private static void log(Exposition text, LogActivity.Totals log) {
        text.histograms("log_append_seconds", "From the call of append until a second node had it, if there is one.");
        text.add(log.append());
        text.histograms("log_follow_seconds", "From the call of append until this node had read it back.");
        text.add(log.follow());
    }

    private static void jvm(Exposition text) {
        text.counters("jvm_gc_seconds_total", "Time spent collecting garbage.");
        long millis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(it -> it > 0)
                .sum();
        text.add(BigDecimal.valueOf(millis, 3));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            text.counters("process_cpu_seconds_total", "Time of processors used by this process.");
            text.add(BigDecimal.valueOf(Math.max(0, system.getProcessCpuTime()), 9));
        }
    }
}
