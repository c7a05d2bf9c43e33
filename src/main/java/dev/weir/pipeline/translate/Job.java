package dev.weir.pipeline.translate;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One piece for one language. Its state is guarded by the branch; {@link #stop} may come from any thread. */
final class Job {

    final Piece piece;
    final Masked prose;
    final Lane lane;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile Translator.@Nullable Call call;
    private volatile @Nullable Runnable alarm;
    private List<Job> before;
    private boolean running;
    private boolean done;
    private String text = "";
    private boolean original;

    Job(Piece piece, Masked prose, Lane lane, List<Job> before) {
        this.piece = piece;
        this.prose = prose;
        this.lane = lane;
        this.before = before;
    }

    void expectBy(Runnable callOff) {
        alarm = callOff;
    }

    void begin() {
        running = true;
    }

    /** Closes the call at once when it was stopped while it was being made. */
    void asked(Translator.Call asked) {
        call = asked;
        if (stopped.get()) {
            asked.cancel();
        }
    }

    boolean running() {
        return running;
    }

    boolean done() {
        return done;
    }

    /** It is settled: this text stands for the piece; an empty one when the piece stands as it is. */
    void settle(String translated, boolean failed) {
        text = translated;
        original = failed;
        done = true;
        running = false;
        before = List.of();
    }

    String text() {
        return text;
    }

    boolean original() {
        return original;
    }

    List<Translator.Sentence> before() {
        return before.stream()
                .map(it -> new Translator.Sentence(it.piece.prose(), it.translation()))
                .toList();
    }

    private Optional<String> translation() {
        return text.isEmpty() ? Optional.empty() : Optional.of(text.strip());
    }

    /** Closes what is open outside; gives back what it has cost, once, in millionths of a US dollar. */
    long stop() {
        if (!stopped.compareAndSet(false, true)) {
            return 0;
        }
        Runnable callOff = alarm;
        if (callOff != null) {
            callOff.run();
        }
        Translator.Call asked = call;
        if (asked == null) {
            return 0;
        }
        asked.cancel();
        return asked.micros();
    }
}
