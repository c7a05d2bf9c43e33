package dev.weir.turn;

import dev.weir.budget.rate.Rate;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.model.StreamingModel;
import dev.weir.model.StreamingModel.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TurnOrder} on its way to a node that can carry it out.
 *
 * @param turn the id that the turn gets
 */
record SentOrder(
        String turn,
        String room,
        String message,
        Member requestedBy,
        String organisation,
        String key,
        boolean forProgram,
        List<Part> parts) {

    SentOrder {
        parts = List.copyOf(parts);
    }

    /**
     * One model's part.
     *
     * @param replaces empty for none
     */
    record Part(String model, Prompt prompt, String textBefore, String replaces) {}

    /**
     * What became of it.
     *
     * @param result in one word
     * @param after the cursor after its announcement; empty when it did not begin
     * @param models that answer, in the order of the parts: budgets may want others than were asked
     * @param interceptors that run on it
     * @param rate how the caller's buckets stand; null when that is not known
     */
    record Reply(
            Result result,
            String after,
            List<Member> models,
            List<Event.Declared> interceptors,
            @Nullable Rate rate) {

        static Reply refused(Result why) {
            return new Reply(why, "", List.of(), List.of(), null);
        }

        static Reply begun(Turns.Begun begun) {
            return new Reply(
                    Result.BEGUN,
                    begun.after().toString(),
                    begun.turn().branches().stream().map(Event.Branch::model).toList(),
                    begun.turn().interceptors(),
                    begun.rate().orElse(null));
        }
    }

    /** What can become of it. */
    enum Result {
        BEGUN,
        FULL,
        NOT_SERVED,
        /** A budget, or the caller's rate, has no room for it. */
        REFUSED
    }

    static SentOrder of(String turn, TurnOrder order) {
        List<Part> parts = new ArrayList<>();
        for (TurnOrder.Answering it : order.answers()) {
            parts.add(new Part(
                    name(it), it.prompt(), it.textBefore(), it.replaces().orElse("")));
        }
        return new SentOrder(
                turn,
                order.room(),
                order.message(),
                order.requestedBy(),
                order.organisation(),
                order.key(),
                order.forProgram(),
                parts);
    }

    static String name(TurnOrder.Answering answering) {
        return answering.model().spec().name();
    }

    /** The order again, with models of this node; empty when it does not have all of them. */
    Optional<TurnOrder> order(Function<String, Optional<StreamingModel>> models) {
        List<TurnOrder.Answering> answers = new ArrayList<>();
        for (Part part : parts) {
            Optional<StreamingModel> model = models.apply(part.model());
            if (model.isEmpty()) {
                return Optional.empty();
            }
            answers.add(new TurnOrder.Answering(
                    model.get(),
                    part.prompt(),
                    part.textBefore(),
                    Optional.of(part.replaces()).filter(it -> !it.isEmpty())));
        }
        return Optional.of(new TurnOrder(room, message, requestedBy, organisation, answers, key, forProgram));
    }

    /** The turn as it was announced, by those who sent the order. */
    Event.TurnStarted announced(TurnOrder order, Reply reply) {
        List<Event.Branch> announced = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Event.Branch asked =
                    order.branch(Turns.branch(turn, i), order.answers().get(i));
            announced.add(
                    i < reply.models().size()
                            ? new Event.Branch(asked.id(), reply.models().get(i), asked.replaces())
                            : asked);
        }
        return new Event.TurnStarted(turn, message, requestedBy, announced, reply.interceptors());
    }
}
