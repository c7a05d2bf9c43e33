package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A listener that keeps what it hears. */
public final class Heard implements StreamingModel.Listener {

    private final List<String> deltas = Collections.synchronizedList(new ArrayList<>());
    private final List<Object> ends = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstDelta = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Consumer<String> onDelta;
    private final Runnable onFinish;
    private final AtomicInteger afterEnd = new AtomicInteger();

    public Heard() {
        this(delta -> {});
    }

    public Heard(Consumer<String> onDelta) {
        this(onDelta, () -> {});
    }

    public Heard(Consumer<String> onDelta, Runnable onFinish) {
        this.onDelta = onDelta;
        this.onFinish = onFinish;
    }

    @Override
    public void delta(String delta) {
        countAfterEnd();
        deltas.add(delta);
        firstDelta.countDown();
        onDelta.accept(delta);
    }

    @Override
    public void finished(Finish finish) {
        countAfterEnd();
        ends.add(finish);
        onFinish.run();
        end.countDown();
    }

    @Override
    public void failed(ModelFailure failure) {
        countAfterEnd();
        ends.add(failure);
        end.countDown();
    }

    private void countAfterEnd() {
        if (!ends.isEmpty()) {
            afterEnd.incrementAndGet();
        }
    }

    public String text() {
        return String.join("", deltas());
    }

    public List<String> deltas() {
        synchronized (deltas) {
            return List.copyOf(deltas);
        }
    }

    public List<Object> ends() {
        return List.copyOf(ends);
    }

    public Heard awaitFirstDelta() {
        await(firstDelta);
        return this;
    }

    public Finish awaitFinish() {
        return awaitEnd(Finish.class);
    }

    public ModelFailure awaitFailure() {
        return awaitEnd(ModelFailure.class);
    }

    private <T> T awaitEnd(Class<T> type) {
        await(end);
        assertThat(ends).as("ends, after %s deltas", deltas.size()).hasSize(1);
        assertThat(afterEnd).as("calls after the end").hasValue(0);
        assertThat(ends.getFirst()).isInstanceOf(type);
        return type.cast(ends.getFirst());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS))
                    .as("heard in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
