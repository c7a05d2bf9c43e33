package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowClockTest {

    private final List<Long> delays = new ArrayList<>();
    private final FollowClock clock = new FollowClock(new LogObserver() {
        @Override
        public void followed(long nanos) {
            delays.add(nanos);
        }
    });

    @Test
    void measures_an_append_that_completes_before_it_is_read() {
        clock.appended(3, 100);
        clock.read(2, 2, 140);
        clock.read(3, 1, 150);
        assertThat(delays).containsExactly(50L);
    }

    @Test
    void measures_an_append_that_is_read_before_it_completes() {
        clock.read(2, 2, 140);
        clock.read(3, 1, 150);
        clock.read(9, 6, 190);
        clock.appended(3, 100);
        assertThat(delays).containsExactly(50L);
    }

    @Test
    void measures_one_append_at_a_time() {
        clock.appended(3, 100);
        clock.appended(4, 110);
        clock.read(4, 4, 150);
        assertThat(delays).containsExactly(50L);
    }

    @Test
    void goes_on_after_many_reads() {
        for (int i = 1; i <= 1000; i++) {
            clock.read(i, 1, i);
            clock.appended(i, i - 1L);
        }
        assertThat(delays).hasSize(1000).containsOnly(1L);
    }
}
