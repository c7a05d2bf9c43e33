package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/** A cold log in memory. {@link #before} and {@link #after} are told each call's name, and may wait or throw. */
public final class MemoryColdLog implements ColdLog {

    private static final class Row {
        final String room;
        final Cursor place;
        final Instant at;
        final int branch;
        Event.Message message;
        String writer;
        Cursor through;
        boolean superseded;

        Row(String room, Cursor place, Instant at, int branch, Event.Message message, String writer) {
            this.room = room;
            this.place = place;
            this.at = at;
            this.branch = branch;
            this.message = message;
            this.writer = writer;
            this.through = place.plus(1);
        }

        Stored stored() {
            return new Stored(place, at, message, !writer.isEmpty(), through);
        }
    }

    public volatile Consumer<String> before = call -> {};
    public volatile Consumer<String> after = call -> {};

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();

    @Override
    public long nextEpoch(String room) {
        before.accept("nextEpoch");
        synchronized (rows) {
            return epochs.merge(room, 1L, Long::sum);
        }
    }

    @Override
    public void saveMessage(String room, Cursor place, Instant at, Event.Message message) {
        before.accept("saveMessage");
        synchronized (rows) {
            rows.putIfAbsent(message.id(), new Row(room, place, at, 0, message, ""));
            settle(room);
        }
        after.accept("saveMessage");
    }

    @Override
    public void beginAnswers(String room, Cursor place, Instant at, Event.TurnStarted turn, String node) {
        before.accept("beginAnswers");
        synchronized (rows) {
            int number = 0;
            for (Event.Branch branch : turn.branches()) {
                var answer = new Event.Answer(
                        turn.turn(),
                        turn.prompt(),
                        branch.model().id(),
                        Outcome.INTERRUPTED,
                        "",
                        new Usage(0, 0, 0, true),
                        new Timing(-1, 0));
                var message =
                        new Event.Message(branch.id(), branch.model(), "", branch.replaces(), Optional.of(answer));
                rows.putIfAbsent(branch.id(), new Row(room, place, at, number++, message, node));
            }
            settle(room);
        }
        after.accept("beginAnswers");
    }

    @Override
    public void saveTexts(List<LiveText> texts, String node) {
        before.accept("saveTexts");
        synchronized (rows) {
            for (LiveText text : texts) {
                Row row = rows.get(text.branch());
                if (row != null && row.writer.equals(node) && row.through.compareTo(text.through()) <= 0) {
                    var old = row.message;
                    row.message = new Event.Message(
                            old.id(), old.from(), text.text(), old.replaces(), old.answer(), text.variants());
                    row.through = text.through();
                }
            }
        }
        after.accept("saveTexts");
    }

    @Override
    public boolean finishAnswer(String room, Event.Message message, String node) {
        before.accept("finishAnswer");
        boolean ends;
        synchronized (rows) {
            Row row = rows.get(message.id());
            if (row == null) {
                throw new NoSuchElementException("Answer " + message.id() + " ended but was never begun.");
            }
            ends = row.writer.equals(node);
            if (ends) {
                row.writer = "";
                row.message = new Event.Message(
                        message.id(),
                        message.from(),
                        message.text(),
                        row.message.replaces(),
                        message.answer(),
                        message.variants());
            }
        }
        after.accept("finishAnswer");
        return ends;
    }

    @Override
    public boolean takeOver(String branch, List<String> alive, String to) {
        before.accept("takeOver");
        synchronized (rows) {
            Row row = rows.get(branch);
            if (row == null || row.writer.isEmpty() || alive.contains(row.writer)) {
                return false;
            }
            row.writer = to;
            return true;
        }
    }

    @Override
    public void saveVariants(String room, String message, Variants variants) {
        before.accept("saveVariants");
        synchronized (rows) {
            Row row = rows.get(message);
            if (row != null && row.message.answer().isEmpty()) {
                row.message = row.message.with(variants);
            }
        }
        after.accept("saveVariants");
    }

    @Override
    public List<Stored> messages(String room, int limit) {
        before.accept("messages");
        List<Stored> kept;
        synchronized (rows) {
            kept = sorted(room).stream()
                    .filter(it -> !it.superseded)
                    .map(Row::stored)
                    .toList();
        }
        after.accept("messages");
        return kept.subList(Math.max(0, kept.size() - limit), kept.size());
    }

    @Override
    public Optional<Stored> message(String room, String id) {
        before.accept("message");
        synchronized (rows) {
            return Optional.ofNullable(rows.get(id))
                    .filter(it -> it.room.equals(room))
                    .map(Row::stored);
        }
    }

    @Override
    public List<Orphan> orphans(List<String> aliveNodes) {
        before.accept("orphans");
        synchronized (rows) {
            return rows.values().stream()
                    .filter(it -> !it.writer.isEmpty() && !aliveNodes.contains(it.writer))
                    .map(it -> new Orphan(it.room, it.stored(), it.writer))
                    .toList();
        }
    }

    /** Forgets a room, as when it is deleted. */
    public void forget(String room) {
        synchronized (rows) {
            rows.values().removeIf(it -> it.room.equals(room));
        }
    }

    private List<Row> sorted(String room) {
        List<Row> sorted = new ArrayList<>(
                rows.values().stream().filter(it -> it.room.equals(room)).toList());
        sorted.sort(Comparator.comparing((Row it) -> it.place).thenComparingInt(it -> it.branch));
        return sorted;
    }

    /** What another one replaces, and all that stands between the two. */
    private void settle(String room) {
        List<Row> all = sorted(room);
        for (Row row : all) {
            row.message.replaces().map(rows::get).ifPresent(replaced -> {
                replaced.superseded = true;
                all.stream()
                        .filter(it -> it.place.compareTo(replaced.place) > 0 && it.place.compareTo(row.place) < 0)
                        .forEach(it -> it.superseded = true);
            });
        }
    }
}
