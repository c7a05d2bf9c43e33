package dev.weir.telemetry;

import dev.weir.figure.Part;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether this node can take work now: every part answers, and turns are accepted. Thread-safe. */
@ApplicationScoped
public class Readiness {

    /** How long each part may take to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Executor THREADS = Thread::startVirtualThread;

    private final Turns turns;
    private final List<Probe> probes;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Readiness() {
        this.turns = null;
        this.probes = List.of();
    }

    @Inject
    Readiness(Turns turns, @Any Instance<Part> parts) {
        this.turns = turns;
        this.probes = parts.stream().map(it -> new Probe(it, PATIENCE, THREADS)).toList();
    }

    boolean isReady() {
        return turns.accepting() && probes.stream().allMatch(it -> it.ask().works());
    }

    /** Answers with the state of each part. */
    HealthCheckResponse check(String name) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
        boolean ready = turns.accepting();
        response.withData("turns", ready ? "accepted" : "not accepted, the node is stopping or out of service");
        response.withData("turns-running", turns.running());
        for (Probe probe : probes) {
            Probe.State state = probe.ask();
            response.withData(state.part(), state.words());
            ready &= state.works();
        }
        return response.status(ready).build();
    }
}
