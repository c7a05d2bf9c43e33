package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Entry;
import dev.weir.event.Event;
import dev.weir.event.Event.Delta;
import dev.weir.event.Event.Message;
import dev.weir.event.Event.TurnStarted;
import dev.weir.event.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The conversation at one cursor as one frame: the messages in their places, those being written with their text so far,
 * then who is doing what. Built from the cold log and from a fold of the hot tail that was taken later, which has what
 * the cold log did not have yet.
 */
final class Snapshot {

    /** The most messages in a snapshot. */
    static final int MESSAGES = 200;

    /** With this many characters a snapshot takes in no further finished message, except the {@link #LEAST} newest. */
    static final int CHARACTERS = 512 * 1024;

    /** The last answer and its question, whatever their length. */
    private static final int LEAST = 2;

    /**
     * How long a person counts as present after what they did last, and as typing after they did: whichever node their
     * page was connected to, and whatever became of it.
     */
    static final Duration PRESENCE = Duration.ofMinutes(5);

    private final Map<String, Placed> byId = new LinkedHashMap<>();
    private final Set<String> gone;
    private final Cursor after;

    private Snapshot(Cursor after, Set<String> gone) {
        this.after = after;
        this.gone = gone;
    }

    /**
     * Builds the frame.
     *
     * @param cold the newest of the conversation, read before the fold was taken
     * @param gone messages that are not in {@code cold} because they have left the conversation
     * @param now for whose presence has expired
     */
    static Frame of(RoomTail.Folded folded, List<ColdLog.Stored> cold, Set<String> gone, String about, Instant now) {
        Snapshot snapshot = new Snapshot(folded.after(), gone);
        snapshot.cold(cold);
        folded.view().recent().values().forEach(snapshot::recent);
        folded.view().writing().forEach(snapshot::writing);
        List<Placed> conversation = snapshot.conversation();
        List<Placed> told = newest(conversation);
        List<String> events = new ArrayList<>();
        told.forEach(it -> it.write(events));
        folded.view().presence().stream().filter(it -> now.isBefore(expiry(it))).forEach(it -> add(events, it));
        return Frame.snapshot(folded.after(), events, told.size() < conversation.size(), about);
    }

    /** When the first presence expires that is told of now. */
    static Instant until(Conversation.View view, Instant now) {
        return view.presence().stream()
                .map(Snapshot::expiry)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Models' don't: they are idle when their answers have ended, whichever node ends them. */
    private static Instant expiry(Entry presence) {
        Member member = ((Event.Presence) presence.event()).member();
        return member.kind() == Member.Kind.PERSON ? presence.at().plus(PRESENCE) : Instant.MAX;
    }

    /** The end of the conversation that fits, and every answer that is being written. */
    private static List<Placed> newest(List<Placed> conversation) {
        Deque<Placed> told = new ArrayDeque<>();
        long left = CHARACTERS;
        boolean full = false;
        for (Placed it : conversation.reversed()) {
            left -= it.characters();
            full |= told.size() >= LEAST && (told.size() >= MESSAGES || left < 0);
            if (!full || it.isLive()) {
                told.addFirst(it);
            }
        }
        return List.copyOf(told);
    }

    private void cold(List<ColdLog.Stored> cold) {
        for (ColdLog.Stored stored : cold) {
            if (stored.place().compareTo(after) < 0) {
                Message message = settled(stored);
                Entry entry = new Entry(stored.place().seq(), stored.at(), message);
                byId.put(message.id(), Placed.finished(stored.place(), message, entry));
            }
        }
    }

    private void recent(Conversation.Recent recent) {
        Message message = recent.message();
        put(message.id(), recent.place(), place -> Placed.finished(place, message, recent.entry()));
    }

    private void writing(Conversation.Writing writing) {
        put(writing.branch().id(), writing.started().seq(), place -> Placed.live(place, writing));
    }

    private void put(String id, long seq, Function<Cursor, Placed> placed) {
        Placed kept = byId.get(id);
        if (kept != null) {
            byId.put(id, placed.apply(kept.place()));
        } else if (!gone.contains(id)) {
            byId.put(id, placed.apply(new Cursor(after.epoch(), seq)));
        }
    }

    /** All in their places, without what others have replaced. */
    private List<Placed> conversation() {
        List<Placed> conversation = new ArrayList<>();
        byId.values().stream().sorted(Comparator.comparing(Placed::place)).forEach(it -> {
            it.replaces().ifPresent(replaced -> supersede(conversation, replaced, it.place()));
            conversation.add(it);
        });
        return conversation;
    }

    /** Takes out a message and what stands between it and its replacement, except answers of the same turn. */
    private static void supersede(List<Placed> conversation, String replaced, Cursor until) {
        conversation.stream()
                .filter(it -> it.id().equals(replaced))
                .findFirst()
                .ifPresent(gone -> conversation.removeIf(it -> it.id().equals(replaced)
                        || (it.place().compareTo(gone.place()) > 0 && it.place().compareTo(until) < 0)));
    }

    /** A live row that nobody writes any more reads as interrupted. */
    private static Message settled(ColdLog.Stored stored) {
        return stored.live() ? Orphans.interrupted(stored.message()) : stored.message();
    }

    private static void add(List<String> events, Entry entry) {
        events.add(EventJson.numbered(entry.seq(), EventJson.write(entry.at(), entry.event())));
    }

    /** A message of the conversation, and the events that tell it. Answers of one turn share a place. */
    private record Placed(Cursor place, String id, Optional<String> replaces, List<Entry> told) {

        boolean isLive() {
            return told.get(0).event() instanceof TurnStarted;
        }

        long characters() {
            return told.stream()
                    .mapToLong(it -> it.event() instanceof Message message
                            ? message.text().length() + message.variants().characters()
                            : 0)
                    .sum();
        }

        static Placed finished(Cursor place, Message message, Entry entry) {
            return new Placed(place, message.id(), message.replaces(), List.of(entry));
        }

        static Placed live(Cursor place, Conversation.Writing writing) {
            TurnStarted turn = (TurnStarted) writing.started().event();
            Event alone = new TurnStarted(
                    turn.turn(), turn.prompt(), turn.requestedBy(), List.of(writing.branch()), turn.interceptors());
            Entry started = new Entry(writing.started().seq(), writing.started().at(), alone);
            List<Entry> told = new ArrayList<>(List.of(started));
            if (!writing.text().isEmpty()) {
                Event text = new Delta(turn.turn(), writing.branch().id(), writing.text());
                told.add(new Entry(writing.lastSeq(), writing.started().at(), text));
            }
            writing.variants()
                    .byLanguage()
                    .forEach((language, parts) -> parts.forEach(it -> {
                        Event variant = new Event.Variant(
                                turn.turn(),
                                writing.branch().id(),
                                language,
                                it.from(),
                                it.to(),
                                it.text(),
                                it.original());
                        told.add(new Entry(writing.lastSeq(), writing.started().at(), variant));
                    }));
            return new Placed(place, writing.branch().id(), writing.branch().replaces(), List.copyOf(told));
        }

        void write(List<String> events) {
            told.forEach(it -> add(events, it));
        }
    }
}
