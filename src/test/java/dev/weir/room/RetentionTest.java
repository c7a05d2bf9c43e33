package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.Audit;
import dev.weir.room.Retention.Periods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When what is too old goes. */
class RetentionTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RoomRig rig = new RoomRig();
    private final FakeStore store = new FakeStore();
    private final List<String> audited = new ArrayList<>();
    private final Audit audit = (kind, who, place, action, subject, details) -> audited.add(action + " " + details);
    private Instant now = NOON;

    @AfterEach
    void stop() {
        rig.close();
    }

    private Retention retention(Optional<Duration> rooms, Optional<Duration> messages) {
        return new Retention(
                new Periods(rooms, messages), store, rig.rooms, rig.log, OtherMemories.NONE, audit, () -> now);
    }

    /** Answers with what the test has put there. */
    private static final class FakeStore implements RetentionStore {
        final List<String> asked = new ArrayList<>();
        final Deque<List<String>> unused = new ArrayDeque<>();
        final Deque<Deleted> deleted = new ArrayDeque<>();

        @Override
        public List<String> unusedSince(Instant moment, int limit) {
            asked.add("rooms " + moment);
            return unused.isEmpty() ? List.of() : unused.remove();
        }

        @Override
        public Deleted deleteMessages(Instant before, int limit) {
            asked.add("messages " + before);
            return deleted.isEmpty() ? new Deleted(0, Set.of()) : deleted.remove();
        }

        @Override
        public Set<String> quietSince(Instant moment, Set<String> rooms) {
            return rooms;
        }
    }

    @Test
    void nothing_goes_when_nothing_is_set() {
        retention(Optional.empty(), Optional.empty()).look();

        assertThat(store.asked).isEmpty();
        assertThat(audited).isEmpty();
    }

    @Test
    void rooms_go_that_were_not_used_for_so_long() {
        store.unused.add(List.of(rig.room));

        retention(Optional.of(Duration.ofDays(10)), Optional.empty()).look();

        assertThat(store.asked).containsExactly("rooms 2026-02-19T12:00:00Z");
        assertThat(rig.store.find(rig.room)).isEmpty();
        assertThat(audited).containsExactly("retention.delete 1 rooms and 0 messages that were too old");
    }

    @Test
    void messages_go_in_batches_and_their_rooms_begin_anew() {
        long epoch = rig.hot.open(rig.room).epoch();
        store.deleted.add(new RetentionStore.Deleted(Retention.BATCH, Set.of(rig.room)));
        store.deleted.add(new RetentionStore.Deleted(3, Set.of()));

        retention(Optional.empty(), Optional.of(Duration.ofHours(5))).look();

        assertThat(store.asked).containsExactly("messages 2026-03-01T07:00:00Z", "messages 2026-03-01T07:00:00Z");
        assertThat(rig.hot.open(rig.room).epoch()).isEqualTo(epoch + 1);
        assertThat(audited).hasSize(1);
    }

    @Test
    void it_is_looked_once_an_hour() {
        Retention retention = retention(Optional.empty(), Optional.of(Duration.ofHours(5)));
        retention.look();
        now = NOON.plus(Duration.ofMinutes(59));
        retention.look();
        assertThat(store.asked).hasSize(1);

        now = NOON.plus(Retention.EVERY);
        retention.look();

        assertThat(store.asked).hasSize(2);
    }

    @Test
    void periods_shorter_than_an_hour_are_refused() {
        assertThatThrownBy(() -> new Periods(Optional.empty(), Optional.of(Duration.ofMinutes(59))))
                .hasMessageContaining("weir.retention.messages");
    }
}
