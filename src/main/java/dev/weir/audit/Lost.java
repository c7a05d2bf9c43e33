package dev.weir.audit;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Counts what could not be kept, until a record of it is written. Thread-safe. */
final class Lost {

    private static final int MOST_TURNS = 50;

    private final Set<String> turns = new LinkedHashSet<>();
    private long records;
    private long characters;
    private long from;
    private long until;
    private long everLost;

    synchronized void add(Fact fact) {
        from = records == 0 ? fact.atMillis() : from;
        until = fact.atMillis();
        records++;
        everLost++;
        characters += fact.text().length();
        if (turns.size() < MOST_TURNS && !fact.place().turn().isEmpty()) {
            turns.add(fact.place().turn());
        }
    }

    /** Facts lost since this node started. */
    synchronized long everLost() {
        return everLost;
    }

    /** What was lost since the last call, as a fact; empty for nothing. */
    synchronized Optional<Fact> take(long now) {
        if (records == 0) {
            return Optional.empty();
        }
        String details = "%d records with %d characters from %s to %s are missing, of turns: %s"
                .formatted(
                        records,
                        characters,
                        Instant.ofEpochMilli(from),
                        Instant.ofEpochMilli(until),
                        String.join(", ", turns));
        Fact gap = new Fact(now, Kind.GAP, Who.WEIR, Where.NONE, "audit.gap", "", details, records);
        records = 0;
        characters = 0;
        turns.clear();
        return Optional.of(gap);
    }
}
