package dev.weir.admin;

import dev.weir.event.Event.Answer;
import dev.weir.event.Outcome;
import dev.weir.turn.BranchObserver;
import dev.weir.turn.StartedBranch;
import dev.weir.turn.TurnObserver;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest failures on this node, and how each model's latest turn ended. Thread-safe. */
@ApplicationScoped
public class TurnNews implements TurnObserver {

    /** The failures that are remembered. */
    static final int MOST = 20;

    private final Deque<Failure> failures = new ArrayDeque<>();
    private final Map<String, Latest> models = new ConcurrentHashMap<>();

    /**
     * A turn that failed.
     *
     * @param reason the sentence that the room's members were told; never any text of the conversation
     */
    record Failure(StartedBranch branch, Instant at, String reason) {}

    /**
     * How a model's latest turn ended.
     *
     * @param failuresInARow 0 when it did not fail
     */
    record Latest(Outcome outcome, Instant at, int failuresInARow, String reason) {}

    @Override
    public BranchObserver started(StartedBranch branch) {
        return how -> ended(branch, how.answer(), Instant.now());
    }

    void ended(StartedBranch branch, Answer answer, Instant at) {
        boolean failed = answer.outcome() == Outcome.FAILED;
        models.merge(
                branch.model().name(),
                new Latest(answer.outcome(), at, failed ? 1 : 0, answer.reason()),
                (before, now) ->
                        failed ? new Latest(now.outcome(), now.at(), before.failuresInARow() + 1, now.reason()) : now);
        if (failed) {
            remember(new Failure(branch, at, answer.reason()));
        }
    }

    private void remember(Failure failure) {
        synchronized (failures) {
            failures.addFirst(failure);
            if (failures.size() > MOST) {
                failures.removeLast();
            }
        }
    }

    /** The latest failures, the newest first. */
    List<Failure> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /** Empty when the model has not ended a turn since this node started. */
    Optional<Latest> latest(String model) {
        return Optional.ofNullable(models.get(model));
    }
}
