package dev.weir.pipeline.translate;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what need not or must not be waited for, each on a thread of its own. Thread-safe. */
interface Alarms {

    void soon(Runnable task);

    /**
     * Runs a task after this time.
     *
     * @return what calls it off
     */
    Runnable after(Duration time, Runnable task);

    /** By the clock of this machine. */
    static Alarms real() {
        var clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("weir-translate").factory());
        clock.setRemoveOnCancelPolicy(true);
        return new Alarms() {
            @Override
            public void soon(Runnable task) {
                Thread.startVirtualThread(task);
            }

            @Override
            public Runnable after(Duration time, Runnable task) {
                Future<?> alarm = clock.schedule(() -> soon(task), time.toNanos(), TimeUnit.NANOSECONDS);
                return () -> alarm.cancel(false);
            }
        };
    }
}
