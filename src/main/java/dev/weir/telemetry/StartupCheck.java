package dev.weir.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** {@code /health/started}: up from the moment at which this node was ready for the first time. */
@Startup
@ApplicationScoped
public class StartupCheck implements HealthCheck {

    @Inject
    Readiness readiness;

    private final AtomicBoolean started = new AtomicBoolean();

    @Override
    public HealthCheckResponse call() {
        if (!started.get() && readiness.isReady()) {
            started.set(true);
        }
        return HealthCheckResponse.named("weir-started").status(started.get()).build();
    }
}
