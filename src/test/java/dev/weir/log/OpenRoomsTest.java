package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many rooms a node has in memory. */
class OpenRoomsTest {

    private final MemoryColdLog cold = new MemoryColdLog();
    private final MemoryHotTail hot = new MemoryHotTail(100, cold);

    private RoomLog log(int rooms, long characters) {
        return new RoomLog(
                hot,
                cold,
                InstantSource.system(),
                Runnable::run,
                Duration.ofHours(1),
                LogObserver.NONE,
                new LogBounds(rooms, characters));
    }

    @Test
    void rooms_that_nobody_uses_leave_memory_for_others_the_longest_unused_first() {
        RoomLog log = log(2, Long.MAX_VALUE);
        log.open("old").close();
        log.open("newer").close();
        assertThat(log.openRooms()).isEqualTo(2);

        assertThat(log.hasPlace("third")).isTrue();
        log.open("third");

        assertThat(log.openRooms()).isEqualTo(2);
        assertThat(hot.events("old")).isEmpty();
        long epoch = log.open("newer").end().epoch();
        assertThat(epoch).isEqualTo(1);
    }

    @Test
    void there_is_no_place_while_all_are_in_use_except_in_them() {
        RoomLog log = log(2, Long.MAX_VALUE);
        RoomHandle one = log.open("one");
        log.open("two");

        assertThat(log.hasPlace("three")).isFalse();
        assertThat(log.hasPlace("one")).isTrue();

        one.close();
        assertThat(log.hasPlace("three")).isTrue();
    }

    @Test
    void what_rooms_hold_counts_as_well() {
        RoomLog log = log(100, 1000);
        RoomHandle full = log.open("full");
        log.append("full", List.of(new Event.Notice("", "x".repeat(2000))));

        assertThat(log.hasPlace("another")).isFalse();
        full.close();
        assertThat(log.hasPlace("another")).isTrue();
        assertThat(log.openRooms()).isZero();
    }
}
