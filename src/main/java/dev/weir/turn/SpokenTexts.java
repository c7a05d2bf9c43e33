package dev.weir.turn;

import dev.weir.budget.Payer;
import dev.weir.event.Event;
import dev.weir.event.Variants;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import dev.weir.pipeline.Chain;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.translate.Translate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what people say translated for the members of their room who read another language, each message by itself, after it
 * was said and while it is answered. Whatever fails leaves the original. Thread-safe.
 */
final class SpokenTexts {

    private static final Logger LOG = LoggerFactory.getLogger(SpokenTexts.class);

    /** A longer message is not translated, in UTF-16 characters. */
    static final int LONGEST = 10_000;

    /** While so many messages are being translated on this node, no further one is. */
    static final int MOST = 64;

    /** After this time what is not translated stays in the original. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Semaphore places = new Semaphore(MOST);
    private final ConcurrentMap<SpokenText, Chain> running = new ConcurrentHashMap<>();
    private final RoomLog log;
    private final Pipeline pipeline;
    private final TurnContext context;
    private final TurnObserver observer;

    SpokenTexts(RoomLog log, Pipeline pipeline, TurnContext context, TurnObserver observer) {
        this.log = log;
        this.pipeline = pipeline;
        this.context = context;
        this.observer = observer;
    }

    /** The end of the chain: the text itself is in the log already. */
    private static final Stage NOWHERE = new Stage() {
        @Override
        public void delta(String text) {}

        @Override
        public void end() {}
    };

    /** Begins, if anybody wants it, and returns at once. */
    void begin(String room, String organisation, Event.Message message) {
        if (message.text().length() > LONGEST) {
            return;
        }
        if (!places.tryAcquire()) {
            LOG.warn("Message {} of room {} is not translated: {} are being translated now", message.id(), room, MOST);
            return;
        }
        try {
            context.execute(() -> tryTo(room, organisation, message));
        } catch (RejectedExecutionException e) {
            places.release();
            LOG.debug("Message {} of room {} is not translated: this node stops", message.id(), room, e);
        }
    }

    private void tryTo(String room, String organisation, Event.Message message) {
        try {
            translate(room, organisation, message);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("Message {} of room {} could not be translated", message.id(), room, e);
        } finally {
            places.release();
        }
    }

    private void translate(String room, String organisation, Event.Message message) {
        Plan plan = pipeline.plan(organisation, room).only(it -> it.name().equals(Translate.NAME));
        if (!Translate.isIn(plan.declared())) {
            return;
        }
        SideUse side = new SideUse(SideUse.Books.of(
                context.purse().ledger(),
                () -> observer,
                new Payer(organisation, message.from().id(), room, "")));
        try (RoomHandle handle = log.open(room)) {
            BranchWriter writer =
                    new BranchWriter("", message.id(), handle, context.cold().stillHere());
            SpokenText text = new SpokenText(room, organisation, message, writer, side);
            Chain chain = plan.open(text, NOWHERE);
            running.put(text, chain);
            try {
                run(text, chain, message.text());
                keep(text);
            } finally {
                running.remove(text);
            }
        } finally {
            side.settle();
        }
    }

    private static void run(SpokenText text, Chain chain, String said) {
        CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        over.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            chain.cancel();
            return null;
        });
        text.run(() -> {
            chain.delta(said);
            chain.end();
            chain.closed();
        });
        over.complete(null);
    }

    private void keep(SpokenText text) {
        Variants variants = text.written();
        if (!variants.isEmpty()) {
            log.keep(text.room(), cold -> cold.saveVariants(text.room(), text.branch(), variants));
        }
    }

    /** In these rooms, what is not translated yet stays in the original. */
    void stop(Predicate<String> room) {
        running.forEach((text, chain) -> {
            if (room.test(text.room())) {
                chain.cancel();
            }
        });
    }

    boolean idle() {
        return running.isEmpty();
    }
}
