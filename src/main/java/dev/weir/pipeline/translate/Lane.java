package dev.weir.pipeline.translate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The pieces of one answer in one language, in the order of the answer. */
final class Lane {

    /** So many sentences before the one that is translated are told to the translator. */
    private static final int BEFORE = 3;

    final String language;
    private final Deque<Job> open = new ArrayDeque<>();
    private final Deque<Job> latest = new ArrayDeque<>();

    Lane(String language) {
        this.language = language;
    }

    Job add(Piece piece, Masked prose) {
        Job job = new Job(piece, prose, this, List.copyOf(latest));
        open.add(job);
        if (prose.hasWords()) {
            latest.add(job);
            if (latest.size() > BEFORE) {
                latest.remove();
            }
        }
        return job;
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
