package dev.weir.model.demo;

import dev.weir.model.Finish;
import dev.weir.model.Finish.ReportedUsage;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelFailure.Kind;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One demo answer, written on a virtual thread of its own, and the misbehaviour that a {@code /demo} prompt asks for. */
final class DemoAnswer implements StreamingModel.Upstream {

    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int WORDS_BEFORE_TROUBLE = 12;
    private static final Duration SLOW = Duration.ofMillis(600);

    private final ModelSpec spec;
    private final Duration pace;
    private final Duration thinking;
    private final StreamingModel.Listener listener;
    private final Conversation conversation;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private int written;

    DemoAnswer(
            ModelSpec spec,
            Duration pace,
            Duration thinking,
            StreamingModel.Listener listener,
            Conversation conversation) {
        this.spec = spec;
        this.pace = pace;
        this.thinking = thinking;
        this.listener = listener;
        this.conversation = conversation;
    }

    void start(Author author, int variant) {
        Thread.ofVirtual().name("weir-model-" + spec.name()).start(() -> run(author, variant));
    }

    @Override
    public void cancel() {
        over.set(true);
        cancelled.countDown();
    }

    private void run(Author author, int variant) {
        try {
            DemoCommand command =
                    DemoCommand.of(conversation.translateInto().isPresent() ? "" : conversation.question());
            String text = author.write(conversation, command, variant);
            if (rest(thinking)) {
                play(conversation.continued() ? command.wellBehaved() : command, text);
            }
        } catch (RuntimeException e) {
            fail(Kind.PROVIDER_ERROR, spec.label() + " has a fault at the moment. Try again.", e.toString());
        }
    }

    private void play(DemoCommand command, String text) {
        List<String> pieces = Pieces.of(text);
        switch (command.kind()) {
            case FAIL ->
                fail(
                        Kind.PROVIDER_ERROR,
                        spec.label() + " has a fault at the moment. Try again, or pick another model.",
                        "asked for with /demo fail");
            case EMPTY -> finish();
            case CUT -> {
                if (send(beginning(pieces), pace)) {
                    fail(
                            Kind.CUT,
                            "The connection to " + spec.label()
                                    + " broke before the answer was complete. Continue it, or ask again.",
                            "asked for with /demo cut");
                }
            }
            case STALL -> {
                if (send(beginning(pieces), pace) && rest(spec.idleTimeout())) {
                    fail(
                            Kind.STALLED,
                            spec.label() + " sent nothing for "
                                    + spec.idleTimeout().toSeconds()
                                    + " s, so the answer was given up. Try again, or pick another model.",
                            "asked for with /demo stall");
                }
            }
            case SLOW -> sendAll(pieces, SLOW);
            default -> sendAll(pieces, pace);
        }
    }

    private static List<String> beginning(List<String> pieces) {
        return pieces.subList(0, Math.min(WORDS_BEFORE_TROUBLE, pieces.size()));
    }

    private void sendAll(List<String> pieces, Duration each) {
        if (send(pieces, each)) {
            finish();
        }
    }

    /** False when it was cancelled. */
    private boolean send(List<String> pieces, Duration each) {
        for (String piece : pieces) {
            if (over.get()) {
                return false;
            }
            listener.delta(piece);
            written += piece.length();
            if (!rest(each)) {
                return false;
            }
        }
        return true;
    }

    /** Waits, and says whether to go on: false when it was cancelled meanwhile. */
    private boolean rest(Duration time) {
        try {
            return !cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void finish() {
        if (over.compareAndSet(false, true)) {
            ReportedUsage usage = new ReportedUsage(tokens(conversation.characters()), tokens(written));
            listener.finished(new Finish(Finish.Reason.STOP, Optional.of(usage)));
        }
    }

    private void fail(Kind kind, String message, String detail) {
        if (over.compareAndSet(false, true)) {
            listener.failed(new ModelFailure(kind, message, detail, Optional.empty()));
        }
    }

    private static long tokens(int characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }
}
