package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import dev.weir.model.StreamingModel;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer that is being written, with all that another node needs to go on with it.
 *
 * @param owner the id of the node that writes it
 * @param message the id of the message that is answered
 * @param model its name in the catalogue
 * @param prompt what is asked, without any beginning of the answer
 * @param before how many characters of the answer were there when its owner began
 * @param used what earlier owners have used
 * @param billing how it is paid for
 * @param replaces the finished answer whose place it takes; empty for none
 */
public record AnswerUnderWay(
        String owner,
        String room,
        String turn,
        String branch,
        String message,
        Member requestedBy,
        String organisation,
        boolean forProgram,
        String model,
        Prompt prompt,
        int before,
        Usage used,
        Billing billing,
        String replaces) {

    /** A node of an older version says nothing of how it is paid for. */
    public AnswerUnderWay {
        billing = billing == null ? Billing.FREE : billing;
    }

    /** The prompt that has the model go on after a text. */
    Prompt promptAfter(String text) {
        if (text.isEmpty()) {
            return prompt;
        }
        List<Line> lines = new ArrayList<>(prompt.lines());
        lines.add(new Line(Role.ASSISTANT, text));
        return new Prompt(lines, prompt.parameters());
    }

    /** The order that has a model go on with it after a text. */
    TurnOrder order(StreamingModel with, String text) {
        var answering = new TurnOrder.Answering(with, promptAfter(text), text, replaced());
        return new TurnOrder(room, message, requestedBy, organisation, List.of(answering), billing.key(), forProgram);
    }

    /** The same answer, of which another model writes the rest. */
    AnswerUnderWay by(String other, Usage usedBefore, int length) {
        return new AnswerUnderWay(
                owner,
                room,
                turn,
                branch,
                message,
                requestedBy,
                organisation,
                forProgram,
                other,
                prompt,
                length,
                usedBefore,
                billing,
                replaces);
    }

    /** The same answer with another owner. */
    public AnswerUnderWay ownedBy(String node) {
        return new AnswerUnderWay(
                node,
                room,
                turn,
                branch,
                message,
                requestedBy,
                organisation,
                forProgram,
                model,
                prompt,
                before,
                used,
                billing,
                replaces);
    }

    Event.Branch branch(String label) {
        return new Event.Branch(branch, Member.model(model, label), replaced());
    }

    Optional<String> replaced() {
        return Optional.of(replaces).filter(it -> !it.isEmpty());
    }
}
