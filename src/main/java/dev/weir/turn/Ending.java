package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Outcome;
import dev.weir.event.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a branch has ended, and what is said of it.
 *
 * @param text the whole answer, as the pipeline let it through
 * @param variants its translations
 */
record Ending(String room, Event.Branch branch, Event.Answer answer, String text, Variants variants) {

    /** The branch folded into one message. */
    Event.Message message() {
        return new Event.Message(branch.id(), branch.model(), text, branch.replaces(), Optional.of(answer), variants);
    }

    /** The branch's last events. What was superseded leaves no message in the log. */
    List<Event> events() {
        return events(message(), answer);
    }

    static List<Event> events(Event.Message message, Event.Answer answer) {
        List<Event> events = new ArrayList<>();
        if (answer.outcome() != Outcome.SUPERSEDED) {
            events.add(message);
        }
        events.add(new Event.TurnEnded(
                answer.turn(), message.id(), answer.outcome(), answer.reason(), answer.usage(), answer.timing()));
        events.add(new Presence(message.from(), Presence.State.IDLE));
        return events;
    }

    /** The line for the server's log: ids, names and figures, never a text. */
    @Override
    public String toString() {
        return "Turn %s of room %s: %s by %s, %d input and %d output tokens, first delta after %d ms, %d ms in all"
                .formatted(
                        answer.turn(),
                        room,
                        answer.outcome().word(),
                        answer.model(),
                        answer.usage().inputTokens(),
                        answer.usage().outputTokens(),
                        answer.timing().firstDeltaMillis(),
                        answer.timing().durationMillis());
    }
}
