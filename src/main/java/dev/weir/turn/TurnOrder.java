package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.model.StreamingModel;
import java.util.List;
import java.util.Optional;

/**
 * A prompt to be answered.
 *
 * @param message the id of the message that is answered
 * @param requestedBy who asked
 * @param organisation the id of the organisation on whose behalf
 * @param answers one for each model that answers
 * @param key the id of the API key that the request came with; empty for none
 * @param forProgram true when a program asked that brought its conversation along: nobody in the room waits for the answer
 */
public record TurnOrder(
        String room,
        String message,
        Member requestedBy,
        String organisation,
        List<Answering> answers,
        String key,
        boolean forProgram) {
    public TurnOrder {
        answers = List.copyOf(answers);
    }

    /** A prompt to be answered for the members of the room. */
    public TurnOrder(String room, String message, Member requestedBy, String organisation, List<Answering> answers) {
        this(room, message, requestedBy, organisation, answers, "", false);
    }

    /** The same with other answers. */
    TurnOrder with(List<Answering> others) {
        return new TurnOrder(room, message, requestedBy, organisation, others, key, forProgram);
    }

    /**
     * One model's part.
     *
     * @param prompt what is sent to the model
     * @param textBefore what the answer already says, when it is continued; empty otherwise
     * @param replaces the finished answer whose place it takes
     */
    public record Answering(
            StreamingModel model, StreamingModel.Prompt prompt, String textBefore, Optional<String> replaces) {}

    Event.Branch branch(String id, Answering answering) {
        var spec = answering.model().spec();
        return new Event.Branch(id, Member.model(spec.name(), spec.label()), answering.replaces());
    }
}
