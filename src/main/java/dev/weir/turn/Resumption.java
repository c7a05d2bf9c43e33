package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomHandle.SoFar;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.Tokens;
import dev.weir.turn.OrderedBranch.Before;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with answers that another node, or another model, has begun. Thread-safe. */
final class Resumption implements RunningBranch.Heirs {

    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private static final String TAKEN_OVER =
            "The server that wrote this answer has stopped. Another one goes on from here.";

    private static final String CUT = "The server that wrote this answer has stopped. You can continue it.";

    private final RunningBranches branches;
    private final RoomLog log;
    private final Pipeline pipeline;
    private final TurnContext context;
    private final TurnObserver observers;
    private final NodeId self;

    Resumption(
            RunningBranches branches,
            RoomLog log,
            Pipeline pipeline,
            TurnContext context,
            TurnObserver observers,
            NodeId self) {
        this.branches = branches;
        this.log = log;
        this.pipeline = pipeline;
        this.context = context;
        this.observers = observers;
        this.self = self;
    }

    /** Has another model go on with an answer, at a seam that everybody sees. */
    @Override
    public boolean goOnWith(RunningBranch branch, String name, String notice) {
        Purse purse = context.purse();
        Optional<StreamingModel> model = purse.model(name).filter(it -> !name.equals(branch.model()));
        if (model.isEmpty()) {
            return false;
        }
        AnswerUnderWay answer = branch.underWay(self.id());
        TurnOrder order = answer.order(model.get(), branch.soFar().text());
        Spending spending;
        try {
            spending = Spending.admit(purse, order, order.answers().getFirst(), branch.branch());
        } catch (RuntimeException e) {
            LOG.info("Turn {}: {} can't go on, for there is nothing left for it either", branch.turn(), name, e);
            return false;
        }
        branch.leaveTo(used -> {
            SoFar soFar = branch.soFar();
            AnswerUnderWay next = answer.by(name, used, soFar.text().length());
            try {
                goOn(
                        next,
                        model.get(),
                        soFar,
                        used,
                        spending.after(used),
                        List.of(new Event.Notice(next.turn(), notice)));
            } catch (RuntimeException e) {
                LOG.error("Turn {}: {} could not go on, so the answer is cut", branch.turn(), name, e);
                spending.after(used).abandon();
                cut(next, soFar);
            }
        });
        return true;
    }

    /** Goes on with an answer that another node has begun; begins it again where its model can't go on after a beginning. */
    void goOn(AnswerUnderWay answer, StreamingModel model, SoFar found) {
        if (branches.stop(answer.room(), answer.turn()).isPresent()) {
            cut(answer, found);
            return;
        }
        boolean again = !found.text().isEmpty() && !model.spec().prefill();
        SoFar soFar = again ? new SoFar("", Variants.NONE, found.told()) : found;
        Usage used = used(answer, found);
        TurnOrder order = answer.order(model, soFar.text());
        Spending spending = Spending.goOn(
                context.purse(), order, order.answers().getFirst(), answer.branch(), answer.billing(), used);
        List<Event> first =
                again ? beginning(answer, model.spec()) : List.of(new Event.Notice(answer.turn(), TAKEN_OVER));
        try {
            goOn(answer, model, soFar, used, spending, first);
        } catch (RuntimeException e) {
            spending.leave();
            throw e;
        }
    }

    private static List<Event> beginning(AnswerUnderWay answer, ModelSpec model) {
        return List.of(
                new Event.Notice(
                        answer.turn(),
                        "The server that wrote this answer has stopped. %s can't go on after a given beginning, so it begins again."
                                .formatted(model.label())),
                new Event.Withdrawn(answer.turn(), answer.branch(), 0, Event.Withdrawn.BEGINS_AGAIN));
    }

    private void goOn(
            AnswerUnderWay answer,
            StreamingModel model,
            SoFar soFar,
            Usage used,
            Spending spending,
            List<Event> first) {
        TurnOrder order = answer.order(model, soFar.text());
        TurnOrder.Answering answering = order.answers().getFirst();
        Plan plan = pipeline.plan(order.organisation(), order.room());
        RoomHandle room = log.open(order.room());
        var before = new Before(true, soFar.variants(), used);
        var running = new RunningBranch(
                context, order, answering, answer.turn(), answer.branch(), room, before, spending, this, it -> {
                    branches.ended(it);
                    room.close();
                });
        branches.force(running);
        try {
            branches.tellOthers(List.of(running));
            List<Event> events = new ArrayList<>();
            if (!soFar.told()) {
                events.addAll(running.beginning(plan).told(soFar.text(), soFar.variants()));
            }
            events.addAll(first);
            running.announced(plan, room.appendNow(events).epoch());
        } catch (RuntimeException e) {
            branches.giveUp(running);
            room.close();
            throw e;
        }
        running.kept();
        running.start(plan, observers);
    }

    /** What an answer has used, with all its owners. */
    private static Usage used(AnswerUnderWay answer, SoFar soFar) {
        String written = soFar.text();
        long tokens = Tokens.count(written.substring(Math.min(answer.before(), written.length())));
        return answer.used()
                .plus(Metering.usage(
                        answer.billing().price(),
                        Optional.empty(),
                        answer.prompt().lines(),
                        tokens));
    }

    /** Ends an answer with which nobody goes on: nobody can, or it was stopped meanwhile. */
    void cut(AnswerUnderWay answer, SoFar soFar) {
        Optional<EndOrder> stop = branches.stop(answer.room(), answer.turn());
        Outcome outcome = stop.map(EndOrder::outcome).orElse(Outcome.INTERRUPTED);
        Usage used = used(answer, soFar);
        var ended = new Event.Answer(
                answer.turn(),
                answer.message(),
                answer.model(),
                outcome,
                stop.map(EndOrder::reason).orElse(CUT),
                used,
                new Timing(-1, 0),
                List.of());
        var ending = new Ending(answer.room(), answer.branch(answer.model()), ended, soFar.text(), soFar.variants());
        context.cold().finish(answer.room(), ending.message());
        log.append(answer.room(), ending.events());
        branches.over(answer.room(), answer.branch(), settle(answer, used, outcome));
    }

    /**
     * Bills an answer that has ended, when its node died before the database had its bill.
     *
     * @return completes when the database has it
     */
    CompletionStage<?> bill(AnswerUnderWay answer, Event.Answer ended) {
        if (context.purse().hasBill(answer)) {
            return CompletableFuture.completedStage(null);
        }
        Usage all = ended.usage();
        Usage own = all.minus(answer.billing().settled());
        long price = answer.billing().price().micros(own.inputTokens(), own.cachedInputTokens(), own.outputTokens());
        return settle(answer, all.costingMore(price - own.micros()), ended.outcome());
    }

    private CompletionStage<?> settle(AnswerUnderWay answer, Usage used, Outcome outcome) {
        try {
            Spending spending = Spending.goOn(context.purse(), answer, used);
            spending.settle(used, outcome);
            return spending.billed();
        } catch (RuntimeException e) {
            LOG.error("Turn {}: what it used could not be settled", answer.turn(), e);
            return CompletableFuture.completedStage(null);
        }
    }
}
