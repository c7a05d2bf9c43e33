package dev.weir.room;

import dev.weir.audit.Trail;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.identity.Accounts;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.log.RoomLog;
import dev.weir.pipeline.UsageMeter;
import dev.weir.room.Refusal.Code;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets users: their account, what they said, the answers to it, and their name, in the database, in the memory of all
 * nodes and in the texts of the audit. It is marked first, so what was begun is finished, by whichever node. Rooms that were
 * theirs alone are deleted. Methods block. Thread-safe.
 */
@ApplicationScoped
public class Erasures {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    static final String NOTICE = "The messages of a former member were erased, with the answers to them.";

    private static final String REASON = "Messages of this room are being erased. Ask again.";
    private static final int BATCH = 500;

    /** An erasure that is not finished after so long is taken up by who looks after such things. */
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Accounts accounts;
    private final ErasureStore store;
    private final RoomStore roomStore;
    private final Rooms rooms;
    private final RoomLog log;
    private final Turns turns;
    private final RoomLocks locks;
    private final OtherMemories others;
    private final Trail trail;
    private final InstantSource clock = InstantSource.system();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Erasures() {
        this(null, null, null, null, null, null, null, OtherMemories.NONE, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public Erasures(
            @Nullable Accounts accounts,
            @Nullable ErasureStore store,
            @Nullable RoomStore roomStore,
            @Nullable Rooms rooms,
            @Nullable RoomLog log,
            @Nullable Turns turns,
            @Nullable RoomLocks locks,
            OtherMemories others,
            @Nullable Trail trail) {
        this.accounts = accounts;
        this.store = store;
        this.roomStore = roomStore;
        this.rooms = rooms;
        this.log = log;
        this.turns = turns;
        this.locks = locks;
        this.others = others;
        this.trail = trail;
    }

    /** Begins to obey the erasures of other nodes. */
    public void begin() {
        others.listen(this::forget);
    }

    /**
     * Forgets a user. What can't be done now, because the database or another node does not answer, is done later.
     *
     * @throws dev.weir.identity.AccountProblem when the caller may not, or there is no such user
     */
    public Erasure erase(User caller, String user) {
        accounts.forget(caller, user);
        try {
            run(user);
        } catch (RuntimeException e) {
            LOG.warn("User {}: not everything could be erased yet; it is tried again every minute", user, e);
        }
        return find(user);
    }

    /**
     * How far it is.
     *
     * @throws Refusal when the caller is neither administrator nor auditor, or nobody wanted this user forgotten
     */
    public Erasure erasure(User caller, String user) {
        Oversight.check(caller, Role.ADMIN, Role.AUDITOR);
        return find(user);
    }

    private Erasure find(String user) {
        return store.find(user)
                .orElseThrow(() -> new Refusal(Code.NO_SUCH_USER, "Nobody has asked for this user to be erased."));
    }

    /** What forgetting this user would concern. */
    public ErasureStore.Extent extent(User caller, String user) {
        Oversight.check(caller, Role.ADMIN);
        return store.extent(user);
    }

    /** Finishes what was begun and left. */
    void goOn() {
        for (String user : store.unfinished(clock.instant().minus(LEFT_ALONE))) {
            try {
                run(user);
            } catch (RuntimeException e) {
                LOG.warn("User {}: not everything could be erased yet; it is tried again", user, e);
            }
        }
    }

    private void run(String user) {
        List<String> concerned = store.rooms(user);
        concerned.forEach(it -> eraseIn(it, user));
        Set<String> all = new HashSet<>(concerned);
        forget(all);
        await(all);
        store.eraseRecords(user);
        concerned.forEach(it -> store.eraseTraces(user, it));
        Instant now = clock.instant();
        store.finish(user, now);
        LOG.info("User {}: what they said in {} rooms is erased", user, concerned.size());
    }

    private void eraseIn(String room, String user) {
        locks.alone(room, () -> {
            turns.endAll(room, REASON);
            eraseName(room, user);
            while (store.eraseMessages(user, room, BATCH) == BATCH) {
                LOG.debug("Room {}: {} messages erased, more follow", room, BATCH);
            }
            store.eraseTraces(user, room);
            roomStore.removeMember(room, user);
            if (roomStore.members(room).isEmpty()) {
                rooms.end(Member.person("", ""), room);
                log.renew(room);
            } else {
                log.renew(room);
                log.append(room, List.of(new Event.Notice("", NOTICE)));
            }
            return room;
        });
    }

    /** A name that was made of what they said goes as well. */
    private void eraseName(String room, String user) {
        String name = roomStore.find(room).map(Room::name).orElse("");
        String said = name.endsWith("…") ? name.substring(0, name.length() - 1) : name;
        if (!said.isEmpty() && store.hasSaid(user, room, said)) {
            roomStore.rename(room, "");
        }
    }

    /** What this node has of the rooms in memory, and what it has still to write to the audit. */
    private void forget(Set<String> concerned) {
        concerned.forEach(log::reopen);
        UsageMeter.forgetWords();
        if (!trail.flush(PATIENCE)) {
            throw new IllegalStateException("The audit could not be written in time.");
        }
    }

    private void await(Set<String> concerned) {
        others.forget(concerned)
                .toCompletableFuture()
                .orTimeout(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
