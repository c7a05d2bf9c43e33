package dev.weir.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** {@code /health/ready}: whether requests may be sent to this node. */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

    @Inject
    Readiness readiness;

    @Override
    public HealthCheckResponse call() {
        return readiness.check("weir-ready");
    }
}
