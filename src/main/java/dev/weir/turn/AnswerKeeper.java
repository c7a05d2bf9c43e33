package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.log.ColdLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps answers in the cold log. A finished answer that the database does not take at once is tried again, with growing
 * pauses, for about ten minutes; the room's log has it meanwhile.
 */
final class AnswerKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerKeeper.class);
    private static final int TRIES = 14;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ColdLog cold;
    private final ExecutorService executor;

    AnswerKeeper(ColdLog cold, ExecutorService executor) {
        this.cold = cold;
        this.executor = executor;
    }

    /** Keeps a finished answer before it is announced, so that whoever saw it end finds it again. */
    void finish(String room, Event.Message message) {
        finish(room, message, 1);
    }

    private void finish(String room, Event.Message message, int attempt) {
        try {
            cold.finishAnswer(room, message);
        } catch (RuntimeException e) {
            if (attempt == TRIES) {
                LOG.error("Answer {} of room {} could not be kept in the database", message.id(), room, e);
                return;
            }
            Duration pause = Duration.ofMillis(250L << Math.min(attempt, 8));
            long millis = Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis());
            LOG.warn("Answer {} could not be kept yet, trying again in {} ms: {}", message.id(), millis, e.toString());
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, executor)
                    .execute(() -> finish(room, message, attempt + 1));
        }
    }

    /** Keeps texts so far; false when the database does not take them. */
    boolean save(List<ColdLog.LiveText> texts) {
        try {
            if (!texts.isEmpty()) {
                cold.saveTexts(texts);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The text so far of {} answers could not be kept: {}", texts.size(), e.toString());
            return false;
        }
    }
}
