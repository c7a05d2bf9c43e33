package dev.weir.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** An executor that does nothing until it is told to; not thread-safe. */
final class Steps implements Executor {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean atOnce;

    @Override
    public void execute(Runnable task) {
        if (atOnce) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    /** Runs what waits, at most so many tasks, and what they cause not at all. */
    void run(int most) {
        for (int i = Math.min(most, waiting.size()); i > 0; i--) {
            waiting.remove().run();
        }
    }

    void runAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** Does something during which new tasks run at once. */
    <T> T atOnce(Supplier<T> work) {
        boolean before = atOnce;
        atOnce = true;
        try {
            return work.get();
        } finally {
            atOnce = before;
        }
    }

    /** Does something during which new tasks wait. */
    void later(Runnable work) {
        boolean before = atOnce;
        atOnce = false;
        try {
            work.run();
        } finally {
            atOnce = before;
        }
    }
}
