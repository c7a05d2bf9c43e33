package dev.weir.boot;

import dev.weir.audit.Trail;
import dev.weir.cluster.HazelcastNode;
import dev.weir.identity.FirstAdministrator;
import dev.weir.log.ColdLog;
import dev.weir.log.Orphans;
import dev.weir.model.ModelCatalogue;
import dev.weir.pipeline.Tokens;
import dev.weir.store.Database;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
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
    HazelcastNode node;

    @Inject
    ColdLog cold;

    @Inject
    Trail trail;

    @Inject
    Turns turns;

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
        CompletableFuture<Void> hazelcast = CompletableFuture.runAsync(node::start, Thread::startVirtualThread);
        database.start();
        trail.start();
        firstAdministrator.ensure(adminPassword, adminKey).ifPresent(firstSignIn::tell);
        join(hazelcast);
        int ended = Orphans.end(cold, List.of(node.id()));
        if (ended > 0) {
            LOG.info("{} answers had been cut by the last stop and are marked as interrupted", ended);
        }
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
        turns.shutDown(GRACE);
        node.stop();
        trail.stop(GRACE);
        database.close();
        LOG.info("Weir has stopped");
    }
}
