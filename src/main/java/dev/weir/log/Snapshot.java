package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Entry;
import dev.weir.event.Event;
import dev.weir.event.Event.Delta;
import dev.weir.event.Event.Message;
import dev.weir.event.Event.TurnStarted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The conversation at one cursor as one frame: the finished messages, then what is being written with its text so far,
 * then who is doing what. Built from the fold of the hot tail, which says what was true at the cursor, and from the cold
 * log read after that; what the cold log has that happened after the cursor is left out, for the tail will bring it.
 */
final class Snapshot {

    /** The most messages in a snapshot. */
    static final int MESSAGES = 200;

    private Snapshot() {}

    static Frame of(RoomTail.Folded folded, List<ColdLog.Stored> cold, String about) {
        Set<String> writing = new HashSet<>();
        folded.view().writing().forEach(it -> writing.add(it.branch().id()));
        Collection<Placed> messages = messages(folded, cold, writing);
        boolean earlier = messages.size() > MESSAGES;
        List<String> events = new ArrayList<>();
        messages.stream().skip(earlier ? messages.size() - MESSAGES : 0).forEach(it -> events.add(it.json()));
        folded.view().writing().forEach(it -> addWriting(events, it));
        folded.view().presence().forEach(it -> add(events, it));
        return Frame.snapshot(folded.after(), events, earlier, about);
    }

    private static Collection<Placed> messages(RoomTail.Folded folded, List<ColdLog.Stored> cold, Set<String> writing) {
        Map<String, Placed> byId = new LinkedHashMap<>();
        for (ColdLog.Stored stored : cold) {
            if (stored.place().compareTo(folded.after()) < 0
                    && !writing.contains(stored.message().id())) {
                byId.put(
                        stored.message().id(),
                        new Placed(stored.place(), new Entry(stored.place().seq(), stored.at(), settled(stored))));
            }
        }
        for (Conversation.Recent recent : folded.view().recent().values()) {
            Cursor place = new Cursor(folded.after().epoch(), recent.place());
            byId.put(recent.message().id(), new Placed(place, recent.entry()));
        }
        return byId.values().stream()
                .sorted(Comparator.comparing(Placed::place))
                .toList();
    }

    /** A live row that nobody writes any more reads as interrupted. */
    private static Message settled(ColdLog.Stored stored) {
        return stored.live() ? Orphans.interrupted(stored.message()) : stored.message();
    }

    private static void addWriting(List<String> events, Conversation.Writing writing) {
        TurnStarted turn = (TurnStarted) writing.started().event();
        Event alone = new TurnStarted(
                turn.turn(), turn.prompt(), turn.requestedBy(), List.of(writing.branch()), turn.interceptors());
        add(events, new Entry(writing.started().seq(), writing.started().at(), alone));
        if (!writing.text().isEmpty()) {
            Event text = new Delta(turn.turn(), writing.branch().id(), writing.text());
            add(events, new Entry(writing.lastSeq(), writing.started().at(), text));
        }
    }

    private static void add(List<String> events, Entry entry) {
        events.add(EventJson.numbered(entry.seq(), EventJson.write(entry.at(), entry.event())));
    }

    private record Placed(Cursor place, Entry entry) {
        String json() {
            return EventJson.numbered(entry.seq(), EventJson.write(entry.at(), entry.event()));
        }
    }
}
