package dev.weir.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The server's registry of metrics, filled with meters that follow the core's figures: gauges ask for them, counters
 * are brought up to them by {@link #follow()}. Every name begins with {@code weir_}.
 */
final class Meters {

    private final MetricRegistry registry;
    private final List<Follower> followers = new ArrayList<>();

    Meters(MetricRegistry registry) {
        this.registry = registry;
    }

    private record Follower(Counter counter, LongSupplier truth) {
        void follow() {
            long behind = truth.getAsLong() - counter.getCount();
            if (behind > 0) {
                counter.inc(behind);
            }
        }
    }

    /** @param name after {@code weir_}, without {@code _total}, which the server adds */
    void counter(String name, String help, LongSupplier truth, Tag... tags) {
        followers.add(new Follower(registry.counter(metadata(name, help), tags), truth));
    }

    void gauge(String name, String help, Supplier<Double> now, Tag... tags) {
        registry.gauge(metadata(name, help), now, tags);
    }

    /** Takes out every gauge with this tag: what they told of is no more. */
    void forget(Tag tag) {
        registry.removeMatching(
                (id, metric) -> tag.getTagValue().equals(id.getTags().get(tag.getTagName())));
    }

    private static Metadata metadata(String name, String help) {
        return Metadata.builder().withName("weir_" + name).withDescription(help).build();
    }

    /** Brings every counter up to the core's figure. */
    synchronized void follow() {
        followers.forEach(Follower::follow);
    }
}
