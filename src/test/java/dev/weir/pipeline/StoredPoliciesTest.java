package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StoredPoliciesTest {

    private static final Scope ROOM = Scope.room("r");

    private final MemoryPolicies store = new MemoryPolicies();
    private final Wire wire = new Wire();
    private final List<Runnable> background = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final StoredPolicies here = node();
    private final StoredPolicies there = node();

    private StoredPolicies node() {
        return new StoredPolicies(store, wire, () -> now, background::add);
    }

    /** News that arrive at once, while there is a cluster. */
    private static final class Wire implements PolicyNews {
        private final List<Consumer<Optional<Scope>>> listeners = new ArrayList<>();
        private boolean cut;

        @Override
        public void tell(Scope changed) {
            hearing();
            listeners.forEach(it -> it.accept(Optional.of(changed)));
        }

        @Override
        public void listen(Consumer<Optional<Scope>> listener) {
            hearing();
            listeners.add(listener);
        }

        private void hearing() {
            if (cut) {
                throw new IllegalStateException("This node is still starting.");
            }
        }
    }

    private static Policy off() {
        return new Policy(Optional.empty(), false, Map.of("a", new Tuning(Optional.of(Mode.OFF), Map.of(), false)));
    }

    private static Policy ofRoom(StoredPolicies node) {
        return node.of("o", "r").room();
    }

    @Test
    void asks_the_database_once_also_for_what_is_not_there() {
        ofRoom(here);
        int asked = store.asked;

        ofRoom(here);
        ofRoom(here);

        assertThat(asked).isEqualTo(3);
        assertThat(store.asked).isEqualTo(asked);
    }

    @Test
    void a_change_counts_at_once_on_every_node() {
        ofRoom(here);
        ofRoom(there);

        here.put(ROOM, off(), Optional.empty());
        assertThat(ofRoom(here)).isEqualTo(off());
        assertThat(ofRoom(there)).isEqualTo(off());

        there.put(ROOM, Policy.NONE, Optional.empty());
        assertThat(ofRoom(here)).isEqualTo(Policy.NONE);
        assertThat(ofRoom(there)).isEqualTo(Policy.NONE);
    }

    @Test
    void reads_only_what_has_changed_again() {
        ofRoom(here);
        int asked = store.asked;

        here.put(ROOM, off(), Optional.empty());
        ofRoom(here);

        assertThat(store.asked).isEqualTo(asked + 1);
    }

    @Test
    void reads_all_again_when_news_may_have_been_missed() {
        ofRoom(here);
        store.put(ROOM, off(), Optional.empty());

        wire.listeners.forEach(it -> it.accept(Optional.empty()));

        assertThat(ofRoom(here)).isEqualTo(off());
    }

    @Test
    void does_not_trust_what_it_read_while_it_changed() {
        store.whileReading = () -> {
            store.whileReading = () -> {};
            here.put(ROOM, off(), Optional.empty());
        };

        here.of("o", "r");

        assertThat(ofRoom(here)).isEqualTo(off());
    }

    @Test
    void remembers_nothing_while_it_hears_of_no_changes() {
        wire.cut = true;
        ofRoom(here);
        store.put(ROOM, off(), Optional.empty());

        assertThat(ofRoom(here)).isEqualTo(off());

        wire.cut = false;
        ofRoom(here);
        int asked = store.asked;
        ofRoom(here);
        assertThat(store.asked).isEqualTo(asked);
    }

    @Test
    void keeps_a_change_that_it_cannot_tell_of() {
        ofRoom(here);
        wire.cut = true;

        here.put(ROOM, off(), Optional.empty());

        assertThat(ofRoom(here)).isEqualTo(off());
    }

    @Test
    void looks_again_in_the_background_after_a_minute_without_making_a_turn_wait() {
        ofRoom(here);
        store.put(ROOM, off(), Optional.empty());
        now = now.plus(StoredPolicies.LIFE).plus(Duration.ofSeconds(1));

        assertThat(ofRoom(here)).isEqualTo(Policy.NONE);
        assertThat(background).hasSize(3);
        ofRoom(here);
        assertThat(background).hasSize(3);
        background.forEach(Runnable::run);

        assertThat(ofRoom(here)).isEqualTo(off());
    }

    @Test
    void uses_the_last_known_while_the_database_is_away() {
        here.put(ROOM, off(), Optional.empty());
        ofRoom(here);
        store.away = true;
        wire.listeners.forEach(it -> it.accept(Optional.empty()));

        assertThat(ofRoom(here)).isEqualTo(off());
    }

    @Test
    void knows_nothing_of_what_it_never_could_read() {
        ofRoom(here);
        store.away = true;

        assertThatThrownBy(() -> here.of("o", "other"))
                .isInstanceOf(PolicyUnknown.class)
                .hasMessageContaining("room:other");
        store.away = false;
        assertThat(here.of("o", "other")).isEqualTo(Layers.NONE);
    }

    @Test
    void forgets_the_least_used_of_many() {
        for (int i = 0; i < StoredPolicies.MOST; i++) {
            here.of("o", "r" + i);
        }
        here.of("o", "r1");
        int asked = store.asked;

        here.of("o", "r" + (StoredPolicies.MOST - 1));
        assertThat(store.asked).isEqualTo(asked);
        here.of("o", "r2");
        assertThat(store.asked).isEqualTo(asked + 1);
    }
}
