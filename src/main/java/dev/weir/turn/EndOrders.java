package dev.weir.turn;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends answers on whichever nodes they run. Thread-safe. */
final class EndOrders {

    private static final Logger LOG = LoggerFactory.getLogger(EndOrders.class);

    private final RunningBranches branches;
    private final SpokenTexts spoken;
    private final OtherNodes others;

    EndOrders(RunningBranches branches, SpokenTexts spoken, OtherNodes others) {
        this.branches = branches;
        this.spoken = spoken;
        this.others = others;
    }

    /** Obeys the other nodes' orders from now on. */
    void listen() {
        others.listen(this::obey);
    }

    /** Has all nodes obey. Returns at once. */
    void give(EndOrder order) {
        end(order);
        others.tell(order).exceptionally(failure -> {
            LOG.warn("Room {}: another node could not be told to end an answer", order.room(), failure);
            return null;
        });
    }

    /** Has all nodes obey, and waits until the ends are in the log. */
    void giveAndWait(EndOrder order) {
        var elsewhere = others.tell(order).toCompletableFuture();
        obey(order);
        try {
            elsewhere
                    .orTimeout(RunningBranches.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn("Room {}: another node did not say that it has ended its answers", order.room(), e);
        }
    }

    private void obey(EndOrder order) {
        end(order);
        branches.awaitEnds(order::concerns, RunningBranches.PATIENCE);
    }

    private void end(EndOrder order) {
        branches.obey(order);
        if (order.isForRoom()) {
            spoken.stop(order.room()::equals);
        }
    }
}
