package dev.weir.log;

import dev.weir.event.Event.Answer;
import dev.weir.event.Event.Message;
import dev.weir.event.Outcome;
import java.util.List;

/** Ends the answers whose node has gone: with the text that was kept, as interrupted. */
public final class Orphans {

    static final String REASON = "The server stopped while this answer was being written. You can continue it.";

    private Orphans() {}

    /**
     * Ends them in the cold log. Blocks.
     *
     * @return how many there were
     */
    public static int end(ColdLog cold, List<String> aliveNodes) {
        List<ColdLog.Orphan> orphans = cold.orphans(aliveNodes);
        for (ColdLog.Orphan orphan : orphans) {
            cold.finishAnswer(orphan.room(), interrupted(orphan.answer().message()));
        }
        return orphans.size();
    }

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
