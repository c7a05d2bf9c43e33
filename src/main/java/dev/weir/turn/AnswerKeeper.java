package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.log.ColdLog;
import dev.weir.log.RoomLog;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps answers in the cold log. */
final class AnswerKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerKeeper.class);

    /** How long an end is not announced because the database has not taken the answer yet. */
    private static final long PATIENCE_MILLIS = 2000;

    private final RoomLog log;
    private final ColdLog cold;
    private final NodeId node;

    AnswerKeeper(RoomLog log, ColdLog cold, NodeId node) {
        this.log = log;
        this.cold = cold;
        this.node = node;
    }

    /** Says, from now on, whether this node is still the one that it is now: not when others have gone on without it. */
    BooleanSupplier stillHere() {
        String now = node.id();
        return () -> node.id().equals(now);
    }

    /**
     * Keeps a finished answer before it is announced, so that whoever saw it end finds it again. When the database is
     * away, it is announced all the same, and kept later.
     */
    void finish(String room, Event.Message message) {
        String writer = node.id();
        try {
            log.keep(room, it -> it.finishAnswer(room, message, writer)).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Answer {} of room {} ends before the database has it", message.id(), room);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps texts so far; false when the database does not take them. */
    boolean save(List<ColdLog.LiveText> texts) {
        try {
            if (!texts.isEmpty()) {
                cold.saveTexts(texts, node.id());
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The text so far of {} answers could not be kept: {}", texts.size(), e.toString());
            return false;
        }
    }
}
