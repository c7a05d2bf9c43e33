package dev.weir.room;

import dev.weir.audit.Audit;
import dev.weir.audit.Who;
import dev.weir.event.Member;
import dev.weir.log.RoomLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes rooms and messages that are older than the installation keeps them, once an hour, a few at a time. Called by one
 * thread of one node at a time.
 */
@ApplicationScoped
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    static final Duration EVERY = Duration.ofHours(1);

    /** Rooms that were used in this time may be being read or written to. */
    static final Duration QUIET = Duration.ofMinutes(1);

    static final int BATCH = 200;
    private static final int MOST_BATCHES = 500;

    private final Periods periods;
    private final RetentionStore store;
    private final Rooms rooms;
    private final RoomLog log;
    private final OtherMemories others;
    private final Audit audit;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    /**
     * For how long things are kept.
     *
     * @param rooms since something was last said in them; empty for ever
     * @param messages since they were said; empty for ever
     */
    public record Periods(Optional<Duration> rooms, Optional<Duration> messages) {

        private static final Duration SHORTEST = Duration.ofHours(1);

        public Periods {
            rooms.ifPresent(it -> check("rooms", it));
            messages.ifPresent(it -> check("messages", it));
        }

        private static void check(String what, Duration period) {
            if (period.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(
                        "weir.retention." + what + " is " + period + ". Use PT1H or more, or leave it out.");
            }
        }

        static Periods of(Config config) {
            return new Periods(
                    config.getOptionalValue("weir.retention.rooms", Duration.class),
                    config.getOptionalValue("weir.retention.messages", Duration.class));
        }
    }

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Retention() {
        this(new Periods(Optional.empty(), Optional.empty()), null, null, null, OtherMemories.NONE, Audit.NONE, null);
    }

    @Inject
    public Retention(Config config, RetentionStore store, Rooms rooms, RoomLog log, OtherMemories others, Audit audit) {
        this(Periods.of(config), store, rooms, log, others, audit, InstantSource.system());
    }

    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    Retention(
            Periods periods,
            @Nullable RetentionStore store,
            @Nullable Rooms rooms,
            @Nullable RoomLog log,
            OtherMemories others,
            Audit audit,
            @Nullable InstantSource clock) {
        this.periods = periods;
        this.store = store;
        this.rooms = rooms;
        this.log = log;
        this.others = others;
        this.audit = audit;
        this.clock = clock;
    }

    /** Removes what is too old, when it is time. What is left is removed the next time. */
    void look() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        int endedRooms = periods.rooms().map(it -> endRooms(now.minus(it))).orElse(0);
        int deleted =
                periods.messages().map(it -> deleteMessages(now, now.minus(it))).orElse(0);
        if (endedRooms + deleted > 0) {
            String what = "%d rooms and %d messages that were too old".formatted(endedRooms, deleted);
            audit.record(Who.WEIR, "retention.delete", "", what);
            LOG.info("Removed {}", what);
        }
    }

    private int endRooms(Instant before) {
        int ended = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            List<String> batch = store.unusedSince(before, BATCH);
            batch.forEach(it -> rooms.end(Member.person("", ""), it));
            ended += batch.size();
            if (batch.size() < BATCH) {
                break;
            }
        }
        return ended;
    }

    private int deleteMessages(Instant now, Instant before) {
        int deleted = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            RetentionStore.Deleted batch = store.deleteMessages(before, BATCH);
            deleted += batch.messages();
            forget(store.quietSince(now.minus(QUIET), batch.rooms()));
            if (batch.messages() < BATCH) {
                break;
            }
        }
        return deleted;
    }

    /** A room that is in use keeps its latest events in memory until it is not, or until they are overwritten. */
    private void forget(Set<String> quiet) {
        quiet.forEach(log::renew);
        others.forget(quiet).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "Another node could not be told what was removed; it notices when it reads the rooms", failure);
            }
        });
    }
}
