package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.figure.Part;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static Probe probe(Runnable check, long patienceMillis) {
        return probe(check, patienceMillis, Thread::startVirtualThread);
    }

    private static Probe probe(Runnable check, long patienceMillis, Executor executor) {
        Part part = new Part() {
            @Override
            public String name() {
                return "database";
            }

            @Override
            public void check() {
                check.run();
            }

            @Override
            public List<Level> levels() {
                return List.of();
            }
        };
        return new Probe(part, Duration.ofMillis(patienceMillis), executor);
    }

    @Test
    void says_that_a_part_works() {
        Probe.State state = probe(() -> {}, 20_000).ask();
        assertThat(state.works()).isTrue();
        assertThat(state.part()).isEqualTo("database");
    }

    @Test
    void says_that_a_part_fails_without_saying_why_to_everybody() {
        Probe.State state = probe(
                        () -> {
                            throw new IllegalStateException("jdbc:postgresql://inner-host/weir");
                        },
                        20_000)
                .ask();
        assertThat(state.works()).isFalse();
        assertThat(state.words()).doesNotContain("inner-host");
    }

    @Test
    void waits_a_bounded_time_and_asks_a_part_that_hangs_only_once() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        Probe probe = probe(
                () -> {
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                20,
                question -> {
                    asked.incrementAndGet();
                    Thread.startVirtualThread(question);
                });

        assertThat(probe.ask().works()).isFalse();
        assertThat(probe.ask().works()).isFalse();
        assertThat(asked).hasValue(1);
        answer.countDown();
    }
}
