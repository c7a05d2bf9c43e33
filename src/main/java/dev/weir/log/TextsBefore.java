package dev.weir.log;

import dev.weir.event.Event;
import dev.weir.event.Event.Delta;
import dev.weir.event.Event.TurnStarted;
import dev.weir.event.Event.Withdrawn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes back the latest events from the texts that they led to. */
final class TextsBefore {

    private final Map<String, Integer> added = new HashMap<>();
    private final Map<String, String> texts;

    private TextsBefore(Map<String, String> now) {
        this.texts = new HashMap<>(now);
    }

    /**
     * The texts before some events.
     *
     * @param now the text of each answer that is being written, by branch
     * @param since the events that were the last to come, in the form of {@link EventJson}
     */
    static Map<String, String> of(Map<String, String> now, List<String> since) {
        TextsBefore before = new TextsBefore(now);
        since.forEach(before::takeBack);
        before.added.forEach(before::cut);
        return before.texts;
    }

    private void takeBack(String event) {
        Optional<Delta> delta = EventParser.delta(event);
        if (delta.isPresent()) {
            added.merge(delta.get().branch(), delta.get().text().length(), Integer::sum);
        } else if (event.contains("\"turn-started\"") || event.contains("\"withdrawn\"")) {
            EventParser.parse(0, event).ifPresent(it -> forget(it.event()));
        }
    }

    /** What began since had no text before, and what was withdrawn can't be told any more. */
    private void forget(Event event) {
        if (event instanceof TurnStarted started) {
            started.branches().forEach(branch -> texts.remove(branch.id()));
        } else if (event instanceof Withdrawn withdrawn) {
            texts.remove(withdrawn.branch());
        }
    }

    private void cut(String branch, int length) {
        texts.computeIfPresent(
                branch, (id, text) -> length > text.length() ? null : text.substring(0, text.length() - length));
    }
}
