package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.log.MemoryColdLog;
import dev.weir.log.MemoryHotTail;
import dev.weir.log.QuickRoomLog;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final String ROOM = "r";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final MemoryColdLog cold = new MemoryColdLog();
    private final MemoryHotTail hot = new MemoryHotTail(50_000, cold);
    private final RoomLog log = QuickRoomLog.of(hot, cold);
    private final RoomHandle watcher = log.open(ROOM);
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    private Follower follower(FakeOutlet outlet, Optional<Cursor> from, BooleanSupplier allowed) {
        return new Follower(log.open(ROOM), outlet, from, Framing.NONE, () -> "", allowed, released::incrementAndGet);
    }

    private Follower start(FakeOutlet outlet, Optional<Cursor> from) {
        Follower follower = follower(outlet, from, () -> true);
        follower.start(threads, ended::incrementAndGet);
        return follower;
    }

    private void append(String text) {
        watcher.append(List.of(new Event.Notice("", text)))
                .toCompletableFuture()
                .join();
    }

    @Test
    void sends_its_client_away_with_a_word_and_ends() {
        FakeOutlet outlet = new FakeOutlet();
        outlet.wantsNodes = true;
        Follower follower = start(outlet, Optional.empty());
        soon().until(() -> outlet.frames.get() == 1);

        follower.sendAway("move");

        soon().until(() -> outlet.closes.get() == 1);
        assertThat(outlet.order).containsExactly("frame", "move", "away");
        assertThat(ended).hasValue(1);
    }

    @Test
    void a_poll_that_waits_is_answered_and_told_nothing_when_it_is_sent_away() {
        append("one");
        FakeOutlet first = new FakeOutlet();
        Follower reader = start(first, Optional.empty());
        soon().until(() -> first.frames.get() == 1);
        reader.close();
        FakeOutlet poll = new FakeOutlet(true);
        Follower follower = start(poll, Optional.of(watcher.end()));

        follower.sendAway("move");

        soon().until(() -> poll.closes.get() == 1);
        assertThat(poll.messages).isEmpty();
        assertThat(poll.order).doesNotContain("away");
    }

    /** From four threads at a time. */
    private void appendFourThousand() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            writers.add(threads.submit(() -> {
                for (int i = 0; i < 1000; i++) {
                    append("n" + i);
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
    }

    @Test
    void sends_everything_once_in_order_to_everyone() throws Exception {
        List<FakeOutlet> outlets = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FakeOutlet outlet = new FakeOutlet();
            outlets.add(outlet);
            start(outlet, Optional.empty());
        }
        soon().until(() -> outlets.stream().allMatch(it -> it.frames.get() > 0));
        appendFourThousand();
        for (FakeOutlet outlet : outlets) {
            soon().until(() -> outlet.seen("notice") == 4000);
            assertThat(outlet.wrongs).isEmpty();
            assertThat(outlet.view.snapshots()).isEqualTo(1);
        }
    }

    @Test
    void sends_everything_once_when_some_goes_out_at_once_and_some_does_not() throws Exception {
        List<FakeOutlet> outlets = new ArrayList<>();
        for (int i = 0; i < Follower.FEW; i++) {
            FakeOutlet outlet = new FakeOutlet();
            outlet.atOnce = () -> ThreadLocalRandom.current().nextInt(4) > 0;
            outlets.add(outlet);
            start(outlet, Optional.empty());
        }
        appendFourThousand();
        for (FakeOutlet outlet : outlets) {
            soon().until(() -> outlet.seen("notice") == 4000);
            assertThat(outlet.wrongs).isEmpty();
        }
    }

    /** Appends when what came before is no burst with it any more. */
    private void appendLater(String text) {
        LockSupport.parkNanos(2 * Follower.BURST_NANOS);
        append(text);
    }

    /** Counts how often a thread was asked for. */
    private Executor counted(AtomicInteger count) {
        return work -> {
            count.incrementAndGet();
            threads.execute(work);
        };
    }

    @Test
    void what_goes_out_at_once_needs_no_other_thread() {
        FakeOutlet outlet = new FakeOutlet();
        outlet.atOnce = () -> true;
        AtomicInteger asked = new AtomicInteger();
        follower(outlet, Optional.empty(), () -> true).start(counted(asked), ended::incrementAndGet);
        soon().until(() -> outlet.frames.get() == 1);
        append("the first, while the thread of the beginning may still be there");
        soon().until(() -> outlet.seen("notice") == 1);
        int before = asked.get();

        for (int i = 0; i < 20; i++) {
            int expected = i + 2;
            appendLater("n" + i);
            soon().until(() -> outlet.seen("notice") == expected);
        }

        // Some, when this machine is slow: what comes soon after the last is left to a thread.
        assertThat(asked.get() - before).isLessThan(10);
        assertThat(outlet.wrongs).isEmpty();
    }

    @Test
    void many_readers_do_not_hold_up_who_appends() {
        AtomicInteger asked = new AtomicInteger();
        List<FakeOutlet> outlets = new ArrayList<>();
        for (int i = 0; i <= Follower.FEW; i++) {
            FakeOutlet outlet = new FakeOutlet();
            outlets.add(outlet);
            start(outlet, Optional.empty());
        }
        soon().until(() -> outlets.stream().allMatch(it -> it.frames.get() == 1));
        outlets.forEach(it -> it.atOnce = () -> asked.incrementAndGet() > 0);

        appendLater("one");

        soon().until(() -> outlets.stream().allMatch(it -> it.seen("notice") == 1));
        assertThat(asked).hasValue(0);
    }

    @Test
    void who_appends_does_not_wait_for_an_answer_that_is_being_sent() throws Exception {
        FakeOutlet outlet = new FakeOutlet();
        outlet.atOnce = () -> true;
        Follower follower = start(outlet, Optional.empty());
        soon().until(() -> outlet.frames.get() == 1 && !outlet.isBusy());
        outlet.stall();
        Future<?> saying = threads.submit(() -> follower.say("reply"));
        soon().until(outlet::isBusy);

        appendLater("news");
        assertThat(outlet.seen("notice")).isZero();

        outlet.read();
        saying.get();
        soon().until(() -> outlet.seen("notice") == 1);
        assertThat(outlet.wrongs).isEmpty();
    }

    @Test
    void a_client_that_goes_while_it_is_sent_to_at_once_is_closed() {
        FakeOutlet outlet = new FakeOutlet();
        outlet.atOnce = () -> true;
        start(outlet, Optional.empty());
        soon().until(() -> outlet.frames.get() == 1);
        outlet.breakDown();

        appendLater("news");

        soon().until(() -> outlet.closes.get() == 1);
        assertThat(ended).hasValue(1);
        assertThat(released).hasValue(1);
    }

    @Test
    void a_log_that_is_lost_in_the_middle_of_it_begins_anew_for_who_is_sent_to_at_once() {
        FakeOutlet outlet = new FakeOutlet();
        AtomicBoolean lose = new AtomicBoolean();
        outlet.atOnce = () -> {
            if (lose.compareAndSet(true, false)) {
                hot.lose(ROOM);
            }
            return true;
        };
        start(outlet, Optional.empty());
        soon().until(() -> outlet.frames.get() == 1);
        appendLater("one");
        soon().until(() -> outlet.seen("notice") == 1);
        lose.set(true);

        soon().until(() -> {
            appendLater("two");
            return !lose.get();
        });

        soon().until(() -> outlet.view.snapshots() == 2);
        append("three");
        soon().until(() -> outlet.seen("notice") == 1);
        assertThat(lose).isFalse();
        assertThat(outlet.wrongs).isEmpty();
    }

    @Test
    void a_client_that_does_not_read_holds_up_nobody_and_catches_up() {
        FakeOutlet slow = new FakeOutlet();
        FakeOutlet quick = new FakeOutlet();
        start(slow, Optional.empty());
        start(quick, Optional.empty());
        soon().until(() -> slow.frames.get() + quick.frames.get() == 2);
        slow.stall();

        for (int i = 0; i < 500; i++) {
            append("n" + i);
        }
        soon().until(() -> quick.seen("notice") == 500);
        assertThat(slow.seen("notice")).isZero();

        slow.read();
        soon().until(() -> slow.seen("notice") == 500);
        assertThat(slow.frames.get()).isLessThan(50);
        assertThat(slow.wrongs).isEmpty();
    }

    @Test
    void goes_on_from_a_cursor_without_a_snapshot() {
        append("before");
        Cursor from = new Cursor(1, 1);
        FakeOutlet outlet = new FakeOutlet();
        outlet.view.moveTo(from);
        start(outlet, Optional.of(from));
        append("after");

        soon().until(() -> outlet.seen("notice") == 1);
        assertThat(outlet.view.snapshots()).isZero();
        assertThat(outlet.wrongs).isEmpty();
    }

    @Test
    void a_quiet_connection_gets_a_heartbeat_and_a_busy_one_none() {
        FakeOutlet outlet = new FakeOutlet();
        Follower follower = start(outlet, Optional.empty());
        soon().until(() -> outlet.frames.get() == 1);
        long now = System.nanoTime();

        follower.check(now, Duration.ofHours(1).toNanos(), false);
        follower.check(
                now + Duration.ofSeconds(20).toNanos(), Duration.ofSeconds(15).toNanos(), false);

        soon().until(() -> outlet.frames.get() == 2);
        append("news");
        soon().until(() -> outlet.seen("notice") == 1);
        assertThat(outlet.frames.get()).isEqualTo(3);
        assertThat(outlet.wrongs).isEmpty();
    }

    @Test
    void closes_once_however_often_it_is_told_and_gives_everything_back() {
        FakeOutlet outlet = new FakeOutlet();
        Follower follower = start(outlet, Optional.empty());
        soon().until(() -> outlet.frames.get() == 1);
        List<Thread> closing = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closing.add(Thread.startVirtualThread(follower::close));
        }
        soon().until(() -> closing.stream().noneMatch(Thread::isAlive));
        append("too late");

        assertThat(outlet.closes).hasValue(1);
        assertThat(released).hasValue(1);
        assertThat(ended).hasValue(1);
        watcher.close();
        soon().until(() -> log.openRooms() == 0);
        assertThat(outlet.frames).hasValue(1);
    }

    @Test
    void a_connection_that_went_before_it_was_started_leaves_nothing_behind() {
        FakeOutlet outlet = new FakeOutlet();
        Follower follower = follower(outlet, Optional.empty(), () -> true);
        follower.close();
        follower.start(threads, ended::incrementAndGet);

        assertThat(ended).hasValue(1);
        append("news");
        watcher.close();
        soon().until(() -> log.openRooms() == 0);
        assertThat(outlet.frames).hasValue(0);
    }

    @Test
    void closes_when_the_client_has_gone() {
        FakeOutlet outlet = new FakeOutlet();
        start(outlet, Optional.empty());
        soon().until(() -> outlet.frames.get() == 1);
        outlet.breakDown();

        append("news");

        soon().until(() -> ended.get() == 1);
        assertThat(released).hasValue(1);
    }

    @Test
    void closes_when_the_caller_is_no_longer_a_member() {
        FakeOutlet outlet = new FakeOutlet();
        Follower follower = follower(outlet, Optional.empty(), () -> false);
        follower.start(threads, ended::incrementAndGet);
        long now = System.nanoTime();

        follower.check(now, Duration.ofHours(1).toNanos(), false);
        assertThat(ended).hasValue(0);
        follower.check(now, Duration.ofHours(1).toNanos(), true);

        assertThat(ended).hasValue(1);
        assertThat(outlet.closes).hasValue(1);
    }

    @Test
    void one_answer_is_all_that_a_poll_gets() {
        FakeOutlet outlet = new FakeOutlet(true);
        outlet.view.moveTo(new Cursor(1, 0));
        start(outlet, Optional.of(new Cursor(1, 0)));
        assertThat(outlet.closes).hasValue(0);

        append("one");
        append("two");

        soon().until(() -> outlet.closes.get() == 1);
        assertThat(ended).hasValue(1);
        assertThat(outlet.frames).hasValue(1);
        assertThat(outlet.wrongs).isEmpty();
    }

    @Test
    void greets_first() {
        FakeOutlet outlet = new FakeOutlet();
        Follower follower = follower(outlet, Optional.empty(), () -> true);
        follower.greet("hello");
        follower.start(threads, ended::incrementAndGet);

        soon().until(() -> outlet.frames.get() == 1);
        assertThat(outlet.order).containsExactly("hello", "frame");
    }

    @Test
    void messages_never_mix_with_frames() {
        FakeOutlet outlet = new FakeOutlet();
        Follower follower = start(outlet, Optional.empty());
        for (int i = 0; i < 500; i++) {
            follower.whenStarted(on -> on.execute(() -> follower.say("reply")));
            append("n" + i);
        }

        soon().until(() -> outlet.messages.size() == 500 && outlet.seen("notice") == 500);
        assertThat(outlet.wrongs).isEmpty();
    }
}
