package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.Branch;
import java.util.List;

/** What a branch is by its order: who asks which model for what, and where. */
abstract class OrderedBranch implements Branch {

    final TurnOrder order;
    final TurnOrder.Answering answering;
    final String turn;
    final String id;
    final Before before;

    /**
     * What was there of the branch when this node began to write it.
     *
     * @param told whether the text before is in the log already
     * @param variants the translations that are in the log already
     * @param used what other nodes have used for it
     */
    record Before(boolean told, Variants variants, Usage used) {
        static final Before NOTHING = new Before(false, Variants.NONE, Usage.NOTHING);
    }

    OrderedBranch(TurnOrder order, TurnOrder.Answering answering, String turn, String id, Before before) {
        this.order = order;
        this.answering = answering;
        this.turn = turn;
        this.id = id;
        this.before = before;
    }

    Event.Branch announced() {
        return order.branch(id, answering);
    }

    /** What another node needs to go on with it. */
    AnswerUnderWay underWay(String node, Billing billing) {
        List<StreamingModel.Prompt.Line> lines = answering.prompt().lines();
        int question = answering.textBefore().isEmpty() ? lines.size() : lines.size() - 1;
        return new AnswerUnderWay(
                node,
                room(),
                turn,
                id,
                order.message(),
                order.requestedBy(),
                order.organisation(),
                order.forProgram(),
                model(),
                new StreamingModel.Prompt(
                        lines.subList(0, question), answering.prompt().parameters()),
                answering.textBefore().length(),
                before.used(),
                billing,
                answering.replaces().orElse(""));
    }

    String requestOf() {
        return order.message();
    }

    final ModelSpec spec() {
        return answering.model().spec();
    }

    @Override
    public String room() {
        return order.room();
    }

    @Override
    public String turn() {
        return turn;
    }

    @Override
    public String branch() {
        return id;
    }

    @Override
    public String model() {
        return spec().name();
    }

    @Override
    public String organisation() {
        return order.organisation();
    }

    @Override
    public Member requestedBy() {
        return order.requestedBy();
    }

    @Override
    public boolean forProgram() {
        return order.forProgram();
    }

    @Override
    public String textBefore() {
        return answering.textBefore();
    }

    final Event presence(Presence.State state) {
        return new Presence(Member.model(spec().name(), spec().label()), state);
    }
}
