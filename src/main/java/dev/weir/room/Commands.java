package dev.weir.room;

import dev.weir.identity.User;
import dev.weir.room.Attempt.Seek;
import dev.weir.room.Command.Ack;
import dev.weir.room.Refusal.Code;
import dev.weir.turn.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out commands once: the same command id of the same caller, sent again because the answer was lost, gets the
 * same answer and does nothing, on whichever node it arrives. The latest {@link #REMEMBERED} are remembered on this node,
 * and what changes a conversation also in the {@link CommandMemory}. A command whose node died while it was carried out, or
 * that was refused or failed, is carried out again, after what was done of it. Thread-safe.
 */
@ApplicationScoped
public class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    static final int REMEMBERED = 10_000;

    /** The longest wait for another node that carries out the same command. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Asking asking;
    private final CommandMemory memory;
    private final BooleanSupplier takesPart;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CompletableFuture<Ack>> done = new LinkedHashMap<>();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Commands() {
        this(null, null, () -> false);
    }

    @Inject
    public Commands(Asking asking, CommandMemory memory, Nodes nodes) {
        this(asking, memory, nodes::takesPart);
    }

    /** @param takesPart whether this node is one of the cluster's now */
    public Commands(Asking asking, CommandMemory memory, BooleanSupplier takesPart) {
        this.asking = asking;
        this.memory = memory;
        this.takesPart = takesPart;
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
            Ack ack =
                    changes(command) ? perform(key, caller, room, id, command) : asking.perform(caller, room, command);
            mine.complete(ack);
            return ack;
        } catch (RuntimeException e) {
            RuntimeException told = toBeTold(e);
            forget(key, mine);
            mine.completeExceptionally(told);
            throw told;
        } catch (Error e) {
            forget(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** On a node that leaves, or that the others have gone on without, anything may fail; another one does it. */
    private RuntimeException toBeTold(RuntimeException e) {
        if (e instanceof Refusal || takesPart.getAsBoolean()) {
            return e;
        }
        LOG.info("A command was not carried out, for this node is leaving the others: {}", e.toString());
        return new Refusal(Code.MOVING, "This server is going out of service. Please send it to another one.");
    }

    /** Whether doing it twice would be seen. */
    private static boolean changes(Command command) {
        return switch (command) {
            case Command.Prompt prompt -> true;
            case Command.Edit edit -> true;
            case Command.Regenerate again -> true;
            case Command.Continue more -> true;
            case Command.Stop stop -> false;
            case Command.Typing typing -> false;
        };
    }

    private Ack perform(String key, User caller, String room, String id, Command command) {
        CommandMemory.Claim claim = claim(key);
        if (claim instanceof CommandMemory.Claim.Done done) {
            return done.ack();
        }
        boolean again = claim instanceof CommandMemory.Claim.Mine mine && mine.again();
        Attempt attempt = Attempt.at(caller, room, id, command, again ? Seek.EVERYWHERE : Seek.DATABASE);
        Ack ack;
        try {
            ack = asking.perform(caller, room, command, attempt);
        } catch (RuntimeException | Error e) {
            release(key);
            throw e;
        }
        keep(key, ack);
        return ack;
    }

    private void release(String key) {
        try {
            memory.release(key);
        } catch (RuntimeException e) {
            LOG.warn("Other nodes could not be told of a command that was not carried out", e);
        }
    }

    /** What has been done has been done, also when that can't be told to others. */
    private void keep(String key, Ack ack) {
        try {
            memory.keep(key, ack);
        } catch (RuntimeException e) {
            LOG.warn("Other nodes could not be told of a command that was carried out", e);
        }
    }

    /** Claims the command for this node, or waits for what another node answers. */
    private CommandMemory.Claim claim(String key) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            CommandMemory.Claim claim = memory.claim(key);
            if (!(claim instanceof CommandMemory.Claim.UnderWay)) {
                return claim;
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(Code.BUSY, "This is still being worked on. Please try again in a moment.");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
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
