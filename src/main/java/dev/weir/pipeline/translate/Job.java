package dev.weir.pipeline.translate;

import dev.weir.event.Usage;
import dev.weir.pipeline.AtMostOnce;
import dev.weir.pipeline.SideText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One piece for one language. It is waiting, then with the translator, then said, then with the guards, then done; or done at
 * any time, in the original. Its state is guarded by the branch; {@link #stop}, {@link #asked} and {@link #guardedBy} may
 * come from any thread.
 */
final class Job {

    final Piece piece;
    final Masked prose;
    final Lane lane;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtMostOnce closing = new AtMostOnce();
    private final List<SideText> guards = new CopyOnWriteArrayList<>();
    private final Consumer<Usage> spent;
    private volatile Translator.@Nullable Call call;
    private volatile @Nullable Runnable alarm;
    private List<Job> before;
    private boolean running;
    private boolean done;
    private boolean changed;
    private @Nullable String said;
    private String text = "";
    private boolean original;

    /** @param spent is told once what its translation has used */
    Job(Piece piece, Masked prose, Lane lane, List<Job> before, Consumer<Usage> spent) {
        this.piece = piece;
        this.prose = prose;
        this.lane = lane;
        this.before = before;
        this.spent = spent;
    }

    /** Has an alarm in the place of the one before. */
    void expectBy(Runnable callOff) {
        callOff();
        alarm = callOff;
    }

    private void callOff() {
        Runnable callOff = alarm;
        if (callOff != null) {
            callOff.run();
        }
    }

    void begin() {
        running = true;
    }

    /** Closes the call at once when it was stopped while it was being made. */
    void asked(Translator.Call asked) {
        call = asked;
        if (stopped.get()) {
            close();
        }
    }

    /** Its text passes guards; they are given up when it is stopped. */
    void guardedBy(SideText guard) {
        guards.add(guard);
        if (stopped.get()) {
            guard.giveUp();
        }
    }

    /** It is with the translator. */
    boolean running() {
        return running;
    }

    boolean done() {
        return done;
    }

    /**
     * The translator has answered.
     *
     * @param otherProse whether it was asked for other prose than this, because guards had changed it
     */
    void said(String translation, boolean otherProse) {
        callOff();
        running = false;
        changed = otherProse;
        said = translation;
    }

    /** The prose's translation as the translator gave it. */
    Optional<String> said() {
        return Optional.ofNullable(said);
    }

    /** Whether guards have changed the prose before it was sent. */
    boolean changed() {
        return changed;
    }

    /** What guards of later pieces are told to stand here. */
    String standing() {
        return said == null ? piece.source() : piece.with(said);
    }

    /** It is settled: this text stands for the piece; an empty one when the piece stands as it is. */
    void settle(String translated, boolean failed) {
        text = translated;
        original = failed;
        done = true;
        running = false;
        before = List.of();
        guards.forEach(SideText::tell);
    }

    String text() {
        return text;
    }

    boolean original() {
        return original;
    }

    List<Translator.Sentence> before() {
        return before.stream()
                .map(it -> new Translator.Sentence(it.piece.prose(), it.said()))
                .toList();
    }

    /**
     * Closes what is open outside. When it returns, what was used is told, also when another thread began to; but for a call
     * that is still being made, of which {@link #asked} tells.
     */
    void stop() {
        if (stopped.compareAndSet(false, true)) {
            callOff();
            guards.forEach(SideText::giveUp);
        }
        close();
    }

    private void close() {
        Translator.Call asked = call;
        if (asked != null) {
            closing.run(() -> {
                asked.cancel();
                spent.accept(asked.usage());
            });
        }
    }
}
