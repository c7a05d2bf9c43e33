package dev.weir.turn;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import dev.weir.model.NodeRoles;
import dev.weir.model.ServedElsewhere;
import dev.weir.model.StreamingModel;
import dev.weir.turn.NodeCalls.NodeGone;
import dev.weir.turn.NodeCalls.Question;
import dev.weir.turn.SentOrder.Reply;
import dev.weir.turn.SentOrder.Result;
import dev.weir.turn.Turns.Begun;
import dev.weir.turn.TurnsForOthers.Spoken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives turns to the node that is to run them: this one, when it has the models and takes turns, else the one that has them
 * and the least to do. Methods block. Thread-safe.
 */
@ApplicationScoped
public class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    /** The longest wait for another node. */
    private static final long PATIENCE_SECONDS = 30;

    private final Turns turns;
    private final NodeRoles roles;
    private final Runners runners;
    private final NodeCalls calls;
    private final RoomLog log;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Dispatch() {
        this(null, NodeRoles.BOTH, null, null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    Dispatch(
            @Nullable Turns turns,
            NodeRoles roles,
            @Nullable Runners runners,
            @Nullable NodeCalls calls,
            @Nullable RoomLog log) {
        this.turns = turns;
        this.roles = roles;
        this.runners = runners;
        this.calls = calls;
        this.log = log;
    }

    /** For a node without others. */
    public static Dispatch here(Turns turns, RoomLog log) {
        return new Dispatch(turns, NodeRoles.BOTH, new Runners(NodeStates.NONE, () -> "n1"), NodeCalls.NONE, log);
    }

    /**
     * Does nothing when an answer of this model can be started now.
     *
     * @throws TurnsFull when all that serve it have as much to do as they may
     * @throws NotServed when no node serves it
     */
    public void check(StreamingModel model, String organisation) {
        if (runsHere(List.of(model))) {
            turns.checkPlace(organisation, 1);
        } else {
            checkElsewhere(model.spec().name(), organisation);
        }
    }

    private void checkElsewhere(String model, String organisation) {
        boolean full = false;
        for (NodeState node : runners.of(List.of(model))) {
            try {
                if (ask(node, TurnsForOthers.HAS_ROOM, organisation)) {
                    return;
                }
                full = true;
            } catch (NodeGone e) {
                LOG.info("Node {} has gone before a turn was sent there", node.node());
            }
        }
        throw full ? new TurnsFull() : new NotServed(model);
    }

    /**
     * Starts a turn: when this returns, it is in the room's log and on its way to the database, and the models are being
     * asked, or will be when there is a place.
     *
     * @param turn an id that no other turn has
     * @throws TurnsFull when all that serve its models have as much to do as they may
     * @throws NotServed when no node serves them
     * @throws dev.weir.budget.OverBudget when a budget has no room for it
     * @throws dev.weir.budget.rate.TooFast when the caller has to wait
     */
    public Begun start(String turn, TurnOrder order) {
        List<StreamingModel> asked =
                order.answers().stream().map(TurnOrder.Answering::model).toList();
        return runsHere(asked) ? turns.start(turn, order) : send(turn, order);
    }

    private boolean runsHere(List<StreamingModel> asked) {
        boolean here = asked.stream().noneMatch(ServedElsewhere.class::isInstance);
        return here && (turns.accepting() || runners.of(names(asked)).isEmpty());
    }

    private static List<String> names(List<StreamingModel> asked) {
        return asked.stream().map(it -> it.spec().name()).toList();
    }

    private Begun send(String turn, TurnOrder order) {
        List<String> names = order.answers().stream().map(SentOrder::name).toList();
        SentOrder sent = SentOrder.of(turn, order);
        boolean full = false;
        for (NodeState node : runners.of(names)) {
            runners.sentTo(node);
            Reply reply = begin(node, sent);
            if (reply.result() == Result.BEGUN) {
                return begun(node, order, sent, reply);
            }
            if (reply.result() == Result.REFUSED) {
                throw refused(order);
            }
            full |= reply.result() == Result.FULL;
        }
        throw full ? new TurnsFull() : new NotServed(String.join(", ", names));
    }

    /** The ledger is the same on all nodes: it says here what it has refused there. */
    private RuntimeException refused(TurnOrder order) {
        for (TurnOrder.Answering answering : order.answers()) {
            String text = answering.prompt().lines().stream()
                    .map(StreamingModel.Prompt.Line::text)
                    .collect(Collectors.joining("\n"));
            turns.checkBudgets(Purse.payer(order, answering.model()), answering.model(), text);
        }
        return new TurnsFull();
    }

    private Reply begin(NodeState node, SentOrder sent) {
        try {
            return ask(node, TurnsForOthers.BEGIN, sent);
        } catch (NodeGone e) {
            LOG.info("Turn {}: the node it was sent to has gone", sent.turn());
            return whatCameOf(sent);
        }
    }

    private <Q, A> A ask(NodeState node, Question<Q, A> what, Q question) {
        try {
            return calls.ask(node.node(), what, question).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NodeGone gone) {
                throw gone;
            }
            throw new IllegalStateException("Another node could not do what it was asked: " + what.name(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Another node did not answer: " + what.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A node that has gone may have begun the turn before: then another one goes on with it. */
    private Reply whatCameOf(SentOrder sent) {
        try (RoomHandle room = log.open(sent.room())) {
            return room.soFar(Turns.branch(sent.turn(), 0)).isPresent()
                    ? new Reply(Result.BEGUN, room.end().toString(), List.of(), List.of(), null)
                    : Reply.refused(Result.NOT_SERVED);
        }
    }

    private Begun begun(NodeState node, TurnOrder order, SentOrder sent, Reply reply) {
        CompletableFuture<@Nullable Void> kept = calls.ask(node.node(), TurnsForOthers.KEPT, order.room())
                .<@Nullable Void>thenApply(it -> null)
                .toCompletableFuture();
        return new Begun(
                sent.announced(order, reply), Cursor.parse(reply.after()), kept, Optional.ofNullable(reply.rate()));
    }

    /**
     * Has what a person said, which is in the log, translated for the other members of the room, here or where the models
     * for it are. Returns at once; nothing happens when nobody wants it, or nobody translates.
     *
     * @param organisation of that person
     */
    public void translate(String room, String organisation, Event.Message message) {
        List<NodeState> others = roles.inference() ? List.of() : runners.of(List.of());
        if (others.isEmpty()) {
            turns.translate(room, organisation, message);
            return;
        }
        Spoken spoken = new Spoken(room, organisation, message.id(), message.from(), message.text());
        calls.ask(others.getFirst().node(), TurnsForOthers.TRANSLATE, spoken).exceptionally(failure -> {
            LOG.warn("Message {} of room {} is not translated: {}", message.id(), room, failure.toString());
            return false;
        });
    }
}
