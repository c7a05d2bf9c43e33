package dev.weir.turn;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Event.Delta;
import dev.weir.event.Event.Withdrawn;
import dev.weir.event.Variants;
import dev.weir.log.RoomHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends one branch's events to the log, in order, with one append under way at a time: what comes meanwhile is
 * gathered and goes together, deltas that follow each other as one. So a log that keeps up adds no delay, and one that
 * does not gets larger batches. When more than {@link #MOST_PENDING} characters wait, the producer is made to wait.
 */
final class BranchWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BranchWriter.class);

    /** Characters waiting for the log at which the producer is held up. */
    static final int MOST_PENDING = 1 << 20;

    /** A delta event is never longer than this many characters; a longer one is cut in several. */
    static final int LONGEST_DELTA = 8192;

    /** The most events that are appended at once; hot tails have a bound of their own. */
    static final int MOST_EVENTS = 256;

    private static final long WAIT_SECONDS = 30;
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final String turn;
    private final String branch;
    private final RoomHandle room;
    private final BooleanSupplier here;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final StringBuilder whole = new StringBuilder();
    private List<Event> pending = new ArrayList<>();
    private final StringBuilder pendingText = new StringBuilder();
    private final Variants.Fold variants = new Variants.Fold();
    private final Variants.Fold writtenVariants = new Variants.Fold();
    private int writtenChars;

    /** Characters that are in the log or on their way to it. */
    private int handedOver;

    private boolean writing;
    private boolean failed;
    private boolean ended;

    /** What tells readers of the branch, and the epoch of the log that has it; null where there is nothing to tell. */
    private @Nullable Beginning beginning;

    private long epoch;

    /** How often in a row the log has refused what went to it. */
    private int refusals;

    /** How many events tell a new epoch of the branch, in the append that is under way. */
    private int told;

    private @Nullable Cursor through;
    private @Nullable Cursor saved;

    /** @param here whether this node may still write it; from false on, nothing is appended */
    BranchWriter(String turn, String branch, RoomHandle room, BooleanSupplier here) {
        this.here = here;
        this.turn = turn;
        this.branch = branch;
        this.room = room;
    }

    /** Appends text; waits while too much is pending. */
    void text(String delta) {
        lock.lock();
        try {
            whole.append(delta);
            pendingText.append(delta);
            writeNext();
            long left = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (whole.length() - writtenChars > MOST_PENDING && !failed && left > 0) {
                left = drained.awaitNanos(left);
            }
            if (failed || left <= 0) {
                throw new IllegalStateException("The room's log does not take events.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the room's log.", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * From now on, an epoch of the log that does not know of this branch is told of it, and of what there is of it, before
     * anything else.
     *
     * @param in the epoch that knows of it
     */
    void began(Beginning told, long in) {
        lock.lock();
        try {
            beginning = told;
            epoch = in;
        } finally {
            lock.unlock();
        }
        room.whenRenewed(this::renewed);
    }

    private void renewed() {
        lock.lock();
        try {
            if (!writing
                    && !failed
                    && !ended
                    && here.getAsBoolean()
                    && room.end().epoch() != epoch) {
                writing = true;
                append(List.of());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Goes on after a text that is in the log already. To be called first. */
    void goOnAfter(String text, Variants translated) {
        lock.lock();
        try {
            whole.append(text);
            writtenChars = whole.length();
            handedOver = whole.length();
            variants.addAll(translated);
            writtenVariants.addAll(translated);
        } finally {
            lock.unlock();
        }
    }

    /** Appends a translation, after the text that it translates. */
    void variant(Event.Variant variant) {
        lock.lock();
        try {
            variants.add(variant);
            events(List.of(variant));
        } finally {
            lock.unlock();
        }
    }

    /** All translations handed over so far. */
    Variants wholeVariants() {
        lock.lock();
        try {
            return variants.folded();
        } finally {
            lock.unlock();
        }
    }

    /** Appends other events, after all text so far. */
    void events(List<? extends Event> events) {
        lock.lock();
        try {
            gatherText(false);
            pending.addAll(events);
            writeNext();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends the last events and waits for them. When the log refused something before, it is asked for these once more:
     * the message among them makes up for every delta that was lost.
     *
     * @return false when they could not be written
     */
    boolean last(List<? extends Event> events) {
        lock.lock();
        try {
            ended = true;
            gatherText(true);
        } finally {
            lock.unlock();
        }
        events(events);
        return flush() || (failed() && insist(events));
    }

    private boolean insist(List<? extends Event> events) {
        Duration pause = FIRST_PAUSE;
        for (int i = 0; i < TRIES && !events.isEmpty() && here.getAsBoolean(); i++) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2);
            try {
                tryAppend(List.copyOf(events))
                        .toCompletableFuture()
                        .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                        .join();
                return true;
            } catch (CompletionException e) {
                LOG.warn("Branch {}: its end could not be written yet: {}", branch, String.valueOf(e.getCause()));
            }
        }
        return false;
    }

    /**
     * Takes the end of the text back: what has not gone to the log never will, and for what has an event says how much
     * stays. Nothing may be appended after it but other events.
     *
     * @param kept UTF-16 characters from the beginning, at least 0; never half a surrogate pair
     */
    void cut(int kept, String rule) {
        lock.lock();
        try {
            int stays = Math.min(kept, whole.length());
            if (stays > 0 && stays < whole.length() && Character.isLowSurrogate(whole.charAt(stays))) {
                stays--;
            }
            gatherText(true);
            pending = beginning(stays);
            whole.setLength(stays);
            variants.keep(stays);
            writtenVariants.keep(stays);
            pending.add(new Withdrawn(turn, branch, stays, rule));
            writeNext();
        } finally {
            lock.unlock();
        }
    }

    /** What is pending, without the text behind this place and its translations. */
    private List<Event> beginning(int stays) {
        List<Event> kept = new ArrayList<>();
        int at = handedOver;
        for (Event event : pending) {
            if (event instanceof Delta delta) {
                int left = Math.clamp((long) stays - at, 0, delta.text().length());
                at += delta.text().length();
                if (left > 0) {
                    kept.add(new Delta(turn, branch, delta.text().substring(0, left)));
                }
            } else if (!(event instanceof Event.Variant variant) || variant.to() <= stays) {
                kept.add(event);
            }
        }
        return kept;
    }

    /** How many characters of text were handed over, and not taken back. */
    int length() {
        lock.lock();
        try {
            return whole.length();
        } finally {
            lock.unlock();
        }
    }

    /** True when the log has refused something; nothing more is written then, except {@link #last}. */
    boolean failed() {
        lock.lock();
        try {
            return failed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything is in the log; false when it could not be. */
    boolean flush() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while ((writing || !pending.isEmpty() || !pendingText.isEmpty()) && !failed && left > 0) {
                left = drained.awaitNanos(left);
            }
            return !failed && left > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** All text handed over so far. */
    String wholeText() {
        lock.lock();
        try {
            return whole.toString();
        } finally {
            lock.unlock();
        }
    }

    /** The text that is in the log and was not asked for since it last grew. */
    Optional<Written> unsaved() {
        lock.lock();
        try {
            Cursor now = through;
            if (now == null || now.equals(saved)) {
                return Optional.empty();
            }
            saved = now;
            return Optional.of(new Written(
                    now, whole.substring(0, Math.min(writtenChars, whole.length())), writtenVariants.folded()));
        } finally {
            lock.unlock();
        }
    }

    /** What was asked for could not be saved: it will be given again. */
    void saveAgain() {
        lock.lock();
        try {
            saved = null;
        } finally {
            lock.unlock();
        }
    }

    record Written(Cursor through, String text, Variants variants) {}

    private void writeNext() {
        gatherTextIfIdle();
        if (writing || failed || pending.isEmpty()) {
            return;
        }
        List<Event> batch = pending.subList(0, Math.min(pending.size(), MOST_EVENTS));
        pending = new ArrayList<>(pending.subList(batch.size(), pending.size()));
        writing = true;
        handedOver += chars(batch);
        append(batch);
    }

    private void append(List<Event> batch) {
        tryAppend(batch).whenComplete((cursor, failure) -> written(batch, cursor, failure));
    }

    private CompletionStage<Cursor> tryAppend(List<? extends Event> batch) {
        if (!here.getAsBoolean()) {
            return CompletableFuture.failedFuture(new IllegalStateException("Another node writes this now."));
        }
        try {
            return room.append(now -> in(now, batch));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What goes to an epoch of the log. */
    private List<Event> in(long now, List<? extends Event> batch) {
        lock.lock();
        try {
            Beginning branchTold = beginning;
            if (branchTold == null || now == epoch) {
                told = 0;
                return List.copyOf(batch);
            }
            List<Event> all = new ArrayList<>(branchTold.told(
                    whole.substring(0, Math.min(writtenChars, whole.length())), writtenVariants.folded()));
            told = all.size();
            all.addAll(batch);
            return all;
        } finally {
            lock.unlock();
        }
    }

    private long lastEpoch() {
        lock.lock();
        try {
            return epoch;
        } finally {
            lock.unlock();
        }
    }

    private void gatherTextIfIdle() {
        if (!writing) {
            gatherText(false);
        }
    }

    /** Makes deltas of the text. A surrogate pair is never cut: its first half waits for the second, unless {@code all}. */
    private void gatherText(boolean all) {
        int from = 0;
        while (from < pendingText.length()) {
            int to = Math.min(pendingText.length(), from + LONGEST_DELTA);
            boolean last = all && to == pendingText.length();
            if (!last && Character.isHighSurrogate(pendingText.charAt(to - 1))) {
                to--;
            }
            if (to == from) {
                break;
            }
            pending.add(new Delta(turn, branch, pendingText.substring(from, to)));
            from = to;
        }
        pendingText.delete(0, from);
    }

    private static int chars(List<Event> batch) {
        int sum = 0;
        for (Event event : batch) {
            sum += event instanceof Delta delta ? delta.text().length() : 0;
        }
        return sum;
    }

    private void note(Event written) {
        if (written instanceof Event.Variant variant && variant.to() <= whole.length()) {
            writtenVariants.add(variant);
        }
    }

    private void written(List<Event> batch, @Nullable Cursor first, @Nullable Throwable failure) {
        lock.lock();
        try {
            if (failure == null && first != null) {
                writing = false;
                refusals = 0;
                epoch = first.epoch();
                writtenChars += chars(batch);
                batch.forEach(this::note);
                through = first.plus(told + batch.size());
                writeNext();
            } else if (beginning != null && here.getAsBoolean() && refusals++ < TRIES) {
                Thread.startVirtualThread(() -> again(batch));
            } else {
                refused();
            }
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refused() {
        writing = false;
        failed = true;
    }

    /**
     * Once more, when the room has begun a new epoch: the last was lost with the nodes that had it. In the same one, nobody
     * knows whether it came through.
     */
    private void again(List<Event> batch) {
        Duration pause = FIRST_PAUSE;
        for (int i = 0; i < TRIES && here.getAsBoolean(); i++) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2);
            if (isRenewed()) {
                append(batch);
                return;
            }
        }
        lock.lock();
        try {
            refused();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isRenewed() {
        try {
            return room.end().epoch() != lastEpoch();
        } catch (RuntimeException e) {
            LOG.info("Branch {}: the room can't be opened yet: {}", branch, e.toString());
            return false;
        }
    }
}
