package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AtMostOnceTest {

    private final AtMostOnce once = new AtMostOnce();
    private final List<String> done = new ArrayList<>();

    @Test
    void does_nothing_more_after_the_first() {
        once.run(() -> done.add("first"));
        once.run(() -> done.add("second"));

        assertThat(done).containsExactly("first");
    }

    @Test
    void does_nothing_more_after_a_failure() {
        assertThatThrownBy(() -> once.run(() -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        once.run(() -> done.add("second"));

        assertThat(done).isEmpty();
    }

    @Test
    void who_comes_meanwhile_waits_until_it_is_done() throws InterruptedException {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> once.run(() -> {
            begun.countDown();
            awaitOrFail(mayGoOn);
            done.add("first");
        }));
        awaitOrFail(begun);
        Thread second = Thread.startVirtualThread(() -> {
            once.run(() -> done.add("second"));
            done.add("then");
        });

        await().until(() -> second.getState() == Thread.State.WAITING);
        mayGoOn.countDown();
        first.join();
        second.join();

        assertThat(done).containsExactly("first", "then");
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
