package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.log.ColdLog;
import dev.weir.log.Orphans;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomHandle.SoFar;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ServedElsewhere;
import dev.weir.model.StreamingModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on where nodes have gone: gives the database what they had not written yet, and takes over the answers they were
 * writing. Each room falls to one of the nodes that are left. Thread-safe.
 */
@ApplicationScoped
public class Takeovers {

    private static final Logger LOG = LoggerFactory.getLogger(Takeovers.class);

    /** Whom an answer belonged to of which nobody knows any more. */
    private static final String UNKNOWN = "gone";

    private static final long PATIENCE_SECONDS = 10;

    /** Before what failed is tried again. */
    private static final long PAUSE_SECONDS = 2;

    private final Nodes nodes;
    private final RoomLog log;
    private final ColdLog cold;
    private final Turns turns;
    private final ModelCatalogue models;
    private final AnswersUnderWay underWay;
    private final Heirs heirs;
    private final ReentrantLock lock = new ReentrantLock();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Takeovers() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public Takeovers(
            @Nullable Nodes nodes,
            @Nullable RoomLog log,
            @Nullable ColdLog cold,
            @Nullable Turns turns,
            @Nullable ModelCatalogue models,
            @Nullable AnswersUnderWay underWay,
            @Nullable Heirs heirs) {
        this.nodes = nodes;
        this.log = log;
        this.cold = cold;
        this.turns = turns;
        this.models = models;
        this.underWay = underWay;
        this.heirs = heirs;
    }

    /** Begins to look after the other nodes. */
    public void begin() {
        heirs.listen(this::take);
        nodes.whenChanged(() -> Thread.ofVirtual().start(this::changed));
        nodes.whenTakenOut(turns::abandon);
        changed();
    }

    private void changed() {
        lock.lock();
        try {
            turns.tellOthers();
            if (!take()) {
                again();
            }
        } catch (RuntimeException e) {
            LOG.error("What a node left could not be taken over; it is tried again", e);
            again();
        } finally {
            lock.unlock();
        }
    }

    private void again() {
        if (nodes.takesPart()) {
            CompletableFuture.delayedExecutor(
                            PAUSE_SECONDS,
                            TimeUnit.SECONDS,
                            it -> Thread.ofVirtual().start(it))
                    .execute(this::changed);
        }
    }

    /** Returns false when some of it failed. */
    private boolean take() {
        List<String> alive = nodes.ids().stream().sorted().toList();
        Map<String, AnswerUnderWay> known = new HashMap<>();
        underWay.all().forEach(it -> known.put(it.branch(), it));
        Set<String> rooms = new HashSet<>(log.left(alive));
        known.values().stream()
                .filter(it -> !alive.contains(it.owner()))
                .map(AnswerUnderWay::room)
                .forEach(rooms::add);
        boolean taken = true;
        for (String room : rooms) {
            if (isMine(room, alive)) {
                taken &= take(room, known, alive);
            }
        }
        if (alive.indexOf(nodes.id()) == 0) {
            endWhatNobodyKnows(alive);
        }
        return taken;
    }

    /** Answers of which only the database knows: all nodes were gone, or theirs had told nobody. */
    private void endWhatNobodyKnows(List<String> alive) {
        List<Orphans.Ended> ended = Orphans.end(cold, alive, this::written, this::seen);
        ended.forEach(it -> log.append(
                it.room(), Ending.events(it.message(), it.message().answer().orElseThrow())));
        if (!ended.isEmpty()) {
            LOG.info("{} answers had been cut by the end of their node and are marked as interrupted", ended.size());
        }
    }

    private Predicate<ColdLog.Orphan> written() {
        Set<String> known = underWay.all().stream().map(AnswerUnderWay::branch).collect(Collectors.toSet());
        List<String> alive = nodes.ids();
        return it -> alive.contains(it.node())
                || known.contains(it.answer().message().id());
    }

    /** Readers may have seen more of it than the database has. */
    private Event.Message seen(ColdLog.Orphan orphan) {
        Event.Message kept = orphan.answer().message();
        try (RoomHandle room = log.open(orphan.room())) {
            return room.soFar(kept.id())
                    .map(it -> new Event.Message(
                            kept.id(), kept.from(), it.text(), kept.replaces(), kept.answer(), it.variants()))
                    .orElse(kept);
        }
    }

    /**
     * All nodes that see the same others agree on it.
     *
     * @param alive in the same order everywhere
     */
    private boolean isMine(String room, List<String> alive) {
        return alive.get(Math.floorMod(room.hashCode(), alive.size())).equals(nodes.id());
    }

    private boolean take(String room, Map<String, AnswerUnderWay> known, List<String> alive) {
        try (RoomHandle handle = log.open(room)) {
            handle.rescue(branch -> Optional.ofNullable(known.get(branch))
                    .map(AnswerUnderWay::owner)
                    .orElse(UNKNOWN));
            log.kept(room).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            known.values().stream()
                    .filter(it -> it.room().equals(room) && !alive.contains(it.owner()))
                    .forEach(it -> take(handle, it, alive));
            log.forget(room, alive);
            return true;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.error("Room {}: what a node left could not be taken over; it is tried again", room, e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * Goes on with an answer that its node gives away, or has left to one that can't.
     *
     * @return false when this node can't either
     */
    boolean take(String branch) {
        Optional<AnswerUnderWay> answer = underWay.find(branch);
        if (answer.isEmpty()) {
            return true;
        }
        if (!turns.accepting() || model(answer.get()).isEmpty()) {
            return false;
        }
        try (RoomHandle handle = log.open(answer.get().room())) {
            goOn(handle, answer.get(), aliveBut(answer.get().owner()));
        }
        return true;
    }

    /** Goes on with an answer that this node has given away in vain. */
    void takeBack(AnswerUnderWay answer) {
        try (RoomHandle handle = log.open(answer.room())) {
            goOn(handle, answer, aliveBut(answer.owner()));
        }
    }

    /** From whom an answer can't be taken whose owner gives it away; never empty. */
    private List<String> aliveBut(String owner) {
        List<String> others =
                nodes.ids().stream().filter(it -> !it.equals(owner)).toList();
        return others.isEmpty() ? List.of(UNKNOWN) : others;
    }

    private Optional<StreamingModel> model(AnswerUnderWay answer) {
        return models.model(answer.model()).filter(it -> !(it instanceof ServedElsewhere));
    }

    /** Goes on here, unless another node is the better place for it. */
    private void take(RoomHandle room, AnswerUnderWay answer, List<String> alive) {
        boolean here = turns.accepting() && model(answer).isPresent();
        if (here || !heirs.give(answer)) {
            goOn(room, answer, alive);
        }
    }

    /** Nothing of it is written any more by its owner, so what is read before it is claimed is all that there is. */
    private void goOn(RoomHandle room, AnswerUnderWay answer, List<String> alive) {
        Optional<SoFar> soFar = room.soFar(answer.branch());
        if (soFar.isEmpty()) {
            over(answer);
        } else if (underWay.claim(answer, nodes.id())) {
            try {
                goOn(answer, soFar.get(), alive);
            } catch (RuntimeException e) {
                underWay.put(answer.ownedBy(UNKNOWN));
                throw e;
            }
        }
    }

    /** It has ended, though perhaps without its bill, or never begun. */
    private void over(AnswerUnderWay answer) {
        Optional<Event.Answer> ended = cold.message(answer.room(), answer.branch())
                .filter(it -> !it.live())
                .flatMap(it -> it.message().answer());
        if (ended.isPresent()) {
            turns.bill(answer, ended.get())
                    .whenCompleteAsync((nothing, failure) -> underWay.forget(answer), Thread::startVirtualThread);
        } else {
            underWay.forget(answer);
        }
    }

    private void goOn(AnswerUnderWay answer, SoFar soFar, List<String> alive) {
        log.keep(answer.room(), it -> it.takeOver(answer.branch(), alive, nodes.id()));
        Optional<StreamingModel> model = model(answer);
        if (model.isPresent()) {
            LOG.info("Turn {}: goes on here, for its node has gone", answer.turn());
            turns.goOn(answer, model.get(), soFar);
        } else {
            LOG.warn("Turn {}: is cut, for its node has gone and no other has {}", answer.turn(), answer.model());
            turns.cut(answer, soFar);
        }
    }
}
