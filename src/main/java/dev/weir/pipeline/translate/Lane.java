package dev.weir.pipeline.translate;

import dev.weir.event.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The pieces of one answer in one language, in the order of the answer. */
final class Lane {

    /** So many sentences before the one that is translated are told to the translator. */
    private static final int BEFORE = 3;

    /** So many UTF-16 characters before a piece are told to the guards, who may know them for the beginning of something. */
    private static final int TAIL = 1024;

    final String language;
    private final Deque<Job> open = new ArrayDeque<>();
    private final Deque<Job> unguarded = new ArrayDeque<>();
    private final Deque<Job> latest = new ArrayDeque<>();
    private final StringBuilder tail = new StringBuilder();

    Lane(String language) {
        this.language = language;
    }

    Job add(Piece piece, Masked prose, Consumer<Usage> spent) {
        Job job = new Job(piece, prose, this, List.copyOf(latest), spent);
        open.add(job);
        unguarded.add(job);
        if (prose.hasWords()) {
            latest.add(job);
            if (latest.size() > BEFORE) {
                latest.remove();
            }
        }
        return job;
    }

    /** Gives what is translated to the guards, as soon as it is known what stands before it. */
    void guard(BiConsumer<Job, String> guards) {
        while (!unguarded.isEmpty()
                && (unguarded.element().done() || unguarded.element().said().isPresent())) {
            Job job = unguarded.remove();
            String before = tail.toString();
            tail.append(job.standing());
            tail.delete(0, Math.max(0, tail.length() - TAIL));
            if (!job.done()) {
                guards.accept(job, before);
            }
        }
    }

    /** Writes what is settled and has nothing unsettled before it. */
    void deliver(Delivery delivery) {
        while (!open.isEmpty() && open.element().done()) {
            Job job = open.remove();
            delivery.deliver(job);
        }
    }

    /** Takes settled pieces, in order. */
    interface Delivery {
        void deliver(Job job);
    }
}
