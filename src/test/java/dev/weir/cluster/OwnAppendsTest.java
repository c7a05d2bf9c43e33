package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.OwnAppends.Waiting;
import dev.weir.log.HotTail.Slice;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OwnAppendsTest {

    private final OwnAppends own = new OwnAppends();

    private CompletableFuture<Slice> await(long from) {
        return own.await("ring", from, 2).orElseThrow();
    }

    @Test
    void gives_a_reader_what_is_appended_next() {
        own.opened("ring", 5);
        CompletableFuture<Slice> reading = await(5);

        assertThat(own.appended("ring", 5, List.of("a", "b", "c"))).isEmpty();

        assertThat(reading).isCompletedWithValue(new Slice(5, List.of("a", "b")));
        assertThat(own.await("ring", 7, 2)).as("it is in the ring").isEmpty();
        assertThat(await(8)).isNotDone();
    }

    @Test
    void sends_a_reader_to_the_ring_when_a_later_append_is_told_of_first() {
        own.opened("ring", 0);
        CompletableFuture<Slice> reading = await(0);

        assertThat(own.appended("ring", 1, List.of("b"))).containsExactly(new Waiting("ring", 0, 2, reading));
        assertThat(own.appended("ring", 0, List.of("a"))).isEmpty();

        assertThat(await(2)).isNotDone();
    }

    @Test
    void knows_nothing_of_a_ring_that_others_may_have_written_to() {
        own.opened("ring", 0);
        CompletableFuture<Slice> reading = await(0);

        assertThat(own.forget()).containsExactly(new Waiting("ring", 0, 2, reading));

        assertThat(own.await("ring", 0, 2)).isEmpty();
        own.appended("ring", 3, List.of("d"));
        assertThat(await(4)).isNotDone();
    }

    @Test
    void lets_nobody_wait_for_a_ring_that_is_gone() {
        own.opened("ring", 0);
        CompletableFuture<Slice> reading = await(0);

        own.closed("ring");

        assertThat(reading).isCompletedExceptionally();
        assertThat(own.await("ring", 0, 2)).isEmpty();
    }
}
