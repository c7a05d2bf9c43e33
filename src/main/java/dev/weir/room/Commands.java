package dev.weir.room;

import dev.weir.identity.User;
import dev.weir.room.Command.Ack;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries out commands once: the same command id of the same caller, sent again because the answer was lost, gets the
 * same answer and does nothing. The latest {@link #REMEMBERED} are remembered on this node. Thread-safe.
 */
@ApplicationScoped
public class Commands {

    static final int REMEMBERED = 10_000;

    private final Asking asking;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CompletableFuture<Ack>> done = new LinkedHashMap<>();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Commands() {
        this(null);
    }

    @Inject
    public Commands(Asking asking) {
        this.asking = asking;
    }

    /**
     * Carries out a command, unless it was before. Blocks.
     *
     * @param id chosen by the client, unique among its commands
     * @throws Refusal when it can't be done; a refused command may be sent again
     */
    public Ack perform(User caller, String room, String id, Command command) {
        String key = caller.id() + " " + room + " " + id;
        CompletableFuture<Ack> mine = new CompletableFuture<>();
        Optional<CompletableFuture<Ack>> before = remember(key, mine);
        if (before.isPresent()) {
            return await(before.get());
        }
        try {
            Ack ack = asking.perform(caller, room, command);
            mine.complete(ack);
            return ack;
        } catch (RuntimeException | Error e) {
            forget(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private Optional<CompletableFuture<Ack>> remember(String key, CompletableFuture<Ack> mine) {
        lock.lock();
        try {
            CompletableFuture<Ack> before = done.putIfAbsent(key, mine);
            if (done.size() > REMEMBERED) {
                done.remove(done.keySet().iterator().next());
            }
            return Optional.ofNullable(before);
        } finally {
            lock.unlock();
        }
    }

    private void forget(String key, CompletableFuture<Ack> mine) {
        lock.lock();
        try {
            done.remove(key, mine);
        } finally {
            lock.unlock();
        }
    }

    private static Ack await(CompletableFuture<Ack> first) {
        try {
            return first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : e;
        }
    }
}
