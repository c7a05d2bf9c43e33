package dev.weir.boot;

import dev.weir.audit.Trail;
import dev.weir.cluster.HazelcastNode;
import dev.weir.identity.FirstAdministrator;
import dev.weir.model.ModelCatalogue;
import dev.weir.pipeline.Tokens;
import dev.weir.room.Draining;
import dev.weir.room.Followers;
import dev.weir.room.Housekeeping;
import dev.weir.room.NodeReport;
import dev.weir.room.consumption.ConsumptionReport;
import dev.weir.store.Database;
import dev.weir.store.Installation;
import dev.weir.telemetry.Build;
import dev.weir.turn.Membership;
import dev.weir.turn.Takeovers;
import dev.weir.turn.Turns;
import dev.weir.turn.TurnsForOthers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the parts in their order when the application starts, and stops them in the reverse order. */
@ApplicationScoped
public class Startup {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration GRACE = Duration.ofSeconds(8);

    @Inject
    Database database;

    @Inject
    Installation installation;

    @Inject
    HazelcastNode node;

    @Inject
    Membership membership;

    @Inject
    Trail trail;

    @Inject
    Budgeting budgeting;

    @Inject
    Turns turns;

    @Inject
    Takeovers takeovers;

    @Inject
    Housekeeping housekeeping;

    @Inject
    TurnsForOthers turnsForOthers;

    @Inject
    Draining draining;

    @Inject
    Followers followers;

    @Inject
    Farewell farewell;

    @Inject
    NodeReport report;

    @Inject
    ConsumptionReport consumption;

    @Inject
    ModelCatalogue models;

    @Inject
    FirstAdministrator firstAdministrator;

    @Inject
    FirstSignIn firstSignIn;

    @Inject
    @ConfigProperty(name = "weir.admin.password")
    Optional<String> adminPassword;

    @Inject
    @ConfigProperty(name = "weir.admin.api-key")
    Optional<String> adminKey;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        LOG.info(
                "Models: {}",
                String.join(", ", models.specs().stream().map(it -> it.name()).toList()));
        // The cluster is that of the database, so its name may have to wait for it.
        CompletableFuture<String> name = new CompletableFuture<>();
        CompletableFuture<Void> hazelcast = CompletableFuture.runAsync(
                () -> node.start(installation.isShared() ? membership : Membership.ALONE, name::join, Build.version()),
                Thread::startVirtualThread);
        database.start();
        name.complete(installation.name());
        trail.start();
        firstAdministrator.ensure(adminPassword, adminKey).ifPresent(firstSignIn::tell);
        join(hazelcast);
        budgeting.start();
        turnsForOthers.begin();
        draining.begin();
        report.begin();
        consumption.begin();
        takeovers.begin();
        housekeeping.begin();
        farewell.set();
        Thread.startVirtualThread(Tokens::load);
        LOG.info("Weir is ready");
    }

    private static void join(CompletableFuture<Void> started) {
        try {
            started.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The cluster node could not be started: " + e.getCause(), e);
        }
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        housekeeping.stop();
        farewell.unset();
        followers.leave();
        turns.shutDown(GRACE, node.alive().size() > 1);
        budgeting.stop(GRACE);
        node.stop();
        trail.stop(GRACE);
        database.close();
        LOG.info("Weir has stopped");
    }
}
