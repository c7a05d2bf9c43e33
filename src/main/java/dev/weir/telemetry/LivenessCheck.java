package dev.weir.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * {@code /health/live}: down only when a restart is the one thing that helps: threads wait for each other for good, or
 * none is left to run the virtual ones that do our work. A database that is away is no reason.
 */
@Liveness
@ApplicationScoped
public class LivenessCheck implements HealthCheck {

    private static final long PATIENCE_SECONDS = 5;

    @Override
    public HealthCheckResponse call() {
        long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
        int locked = deadlocked == null ? 0 : deadlocked.length;
        boolean running = virtualThreadsRun();
        return HealthCheckResponse.named("weir-live")
                .withData("deadlocked-threads", locked)
                .withData("virtual-threads", running ? "run" : "stuck")
                .status(running && locked == 0)
                .build();
    }

    private static boolean virtualThreadsRun() {
        CountDownLatch ran = new CountDownLatch(1);
        Thread.startVirtualThread(ran::countDown);
        try {
            return ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
