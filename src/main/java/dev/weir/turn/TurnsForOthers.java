package dev.weir.turn;

import dev.weir.budget.OverBudget;
import dev.weir.budget.rate.TooFast;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ServedElsewhere;
import dev.weir.turn.NodeCalls.Question;
import dev.weir.turn.SentOrder.Reply;
import dev.weir.turn.SentOrder.Result;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Does for other nodes what they can't do themselves, for they have no models: the other end of {@link Dispatch}. */
@ApplicationScoped
public class TurnsForOthers {

    /** Whether a turn of an organisation could begin, or wait, there. */
    static final Question<String, Boolean> HAS_ROOM = new Question<>("turn-room", String.class, Boolean.class);

    /** Begins a turn. */
    static final Question<SentOrder, Reply> BEGIN = new Question<>("turn-begin", SentOrder.class, Reply.class);

    /** Answers when the node's database has all of a room that it was given until then; false when that takes too long. */
    static final Question<String, Boolean> KEPT = new Question<>("turn-kept", String.class, Boolean.class);

    /** Translates what a person said. */
    static final Question<Spoken, Boolean> TRANSLATE = new Question<>("translate", Spoken.class, Boolean.class);

    private static final long KEPT_SECONDS = 5;

    private final Turns turns;
    private final ModelCatalogue models;
    private final NodeCalls calls;
    private final RoomLog log;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected TurnsForOthers() {
        this(null, null, null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    TurnsForOthers(
            @Nullable Turns turns, @Nullable ModelCatalogue models, @Nullable NodeCalls calls, @Nullable RoomLog log) {
        this.turns = turns;
        this.models = models;
        this.calls = calls;
        this.log = log;
    }

    /**
     * A message that is in the log.
     *
     * @param organisation of who said it
     */
    record Spoken(String room, String organisation, String message, Member from, String text) {}

    /** Begins. */
    public void begin() {
        calls.answer(HAS_ROOM, this::hasRoom);
        calls.answer(BEGIN, this::carryOut);
        calls.answer(KEPT, this::awaitKept);
        calls.answer(TRANSLATE, this::translate);
    }

    private boolean hasRoom(String organisation) {
        try {
            turns.checkPlace(organisation, 1);
            return true;
        } catch (TurnsFull e) {
            return false;
        }
    }

    private Reply carryOut(SentOrder sent) {
        Optional<TurnOrder> order =
                sent.order(name -> models.model(name).filter(it -> !(it instanceof ServedElsewhere)));
        if (order.isEmpty()) {
            return Reply.refused(Result.NOT_SERVED);
        }
        try {
            return Reply.begun(turns.start(sent.turn(), order.get()));
        } catch (TurnsFull e) {
            return Reply.refused(Result.FULL);
        } catch (OverBudget | TooFast e) {
            return Reply.refused(Result.REFUSED);
        }
    }

    private boolean awaitKept(String room) {
        try {
            log.kept(room).get(KEPT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean translate(Spoken spoken) {
        var message =
                new Event.Message(spoken.message(), spoken.from(), spoken.text(), Optional.empty(), Optional.empty());
        turns.translate(spoken.room(), spoken.organisation(), message);
        return true;
    }
}
