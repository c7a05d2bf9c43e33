package dev.weir.log;

import dev.weir.event.Event.Answer;
import dev.weir.event.Event.Message;
import dev.weir.event.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Ends the answers whose node has gone, as interrupted. */
public final class Orphans {

    static final String REASON = "The server stopped while this answer was being written. You can continue it.";

    private Orphans() {}

    /**
     * Ends them in the cold log. Blocks.
     *
     * @param written says which of them somebody writes all the same; asked for when it is known which they may be, so that
     *     nobody can have begun with one since
     * @param seen one of them with the text as far as anybody has seen it
     * @return as which they were ended
     */
    public static List<Ended> end(
            ColdLog cold,
            List<String> aliveNodes,
            Supplier<? extends Predicate<ColdLog.Orphan>> written,
            Function<ColdLog.Orphan, Message> seen) {
        List<ColdLog.Orphan> found = cold.orphans(aliveNodes);
        List<Ended> ended = new ArrayList<>();
        if (found.isEmpty()) {
            return ended;
        }
        for (ColdLog.Orphan orphan :
                found.stream().filter(Predicate.not(written.get())).toList()) {
            Message message = interrupted(seen.apply(orphan));
            if (cold.finishAnswer(orphan.room(), message, orphan.node())) {
                ended.add(new Ended(orphan.room(), message));
            }
        }
        return ended;
    }

    /** An answer that was ended. */
    public record Ended(String room, Message message) {}

    static Message interrupted(Message message) {
        return new Message(
                message.id(),
                message.from(),
                message.text(),
                message.replaces(),
                message.answer()
                        .map(it -> new Answer(
                                it.turn(),
                                it.prompt(),
                                it.model(),
                                Outcome.INTERRUPTED,
                                REASON,
                                it.usage(),
                                it.timing(),
                                it.toolCalls())),
                message.variants());
    }
}
