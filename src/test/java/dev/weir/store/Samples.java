package dev.weir.store;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.room.Room;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Values for the store's tests. */
final class Samples {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    static final Member ADA = Member.person("ada", "Ada");
    static final Member FAST = Member.model("fast", "Fast");

    private Samples() {}

    static String newRoom(Database database) {
        String room = Ids.next();
        new JdbiRoomStore(database).create(Room.conversation(room, "", "", NOON, NOON), "ada");
        return room;
    }

    static Cursor at(long seq) {
        return new Cursor(1, seq);
    }

    static Event.Message said(String id, String text) {
        return new Event.Message(id, ADA, text, Optional.empty(), Optional.empty());
    }

    static Event.Message saidInsteadOf(String replaced, String id) {
        return new Event.Message(id, ADA, "Rather this", Optional.of(replaced), Optional.empty());
    }

    static Event.Branch branch(String id) {
        return new Event.Branch(id, FAST, Optional.empty());
    }

    static Event.Branch branchInsteadOf(String replaced, String id) {
        return new Event.Branch(id, FAST, Optional.of(replaced));
    }

    static Event.TurnStarted turn(String id, String prompt, Event.Branch... branches) {
        return new Event.TurnStarted(
                id,
                prompt,
                ADA,
                Stream.of(branches).toList(),
                List.of(new Event.Declared("meter", "observe"), new Event.Declared("length", "enforce")));
    }

    static Event.Message finished(String turn, String branch, String prompt, String text, Outcome outcome) {
        return new Event.Message(
                branch,
                FAST,
                text,
                Optional.empty(),
                Optional.of(new Event.Answer(
                        turn,
                        prompt,
                        "fast",
                        outcome,
                        "Why it ended",
                        new Usage(12, 5, 34, 21, 567_890, false),
                        new Timing(120, 3_400))));
    }
}
