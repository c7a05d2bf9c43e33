package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Event.Delta;
import dev.weir.event.Variants;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells readers of a branch.
 *
 * @param started of this branch alone
 */
record Beginning(Event.TurnStarted started) {

    /** Hot tails have a bound for what is appended at once. */
    private static final int MOST_DELTAS = 128;

    private static final int MOST_VARIANTS = 512;

    /** Tells of it together with what there is of it. Translations that are too many come with the finished answer. */
    List<Event> told(String text, Variants variants) {
        String branch = started.branches().getFirst().id();
        List<Event> events = new ArrayList<>();
        events.add(started);
        int longest = Math.max(BranchWriter.LONGEST_DELTA, text.length() / MOST_DELTAS + 2);
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + longest);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            events.add(new Delta(started.turn(), branch, text.substring(from, to)));
            from = to;
        }
        variants.byLanguage().entrySet().stream()
                .flatMap(it -> it.getValue().stream()
                        .map(part -> new Event.Variant(
                                started.turn(),
                                branch,
                                it.getKey(),
                                part.from(),
                                part.to(),
                                part.text(),
                                part.original())))
                .limit(MOST_VARIANTS)
                .forEach(events::add);
        return events;
    }
}
