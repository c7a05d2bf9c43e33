package dev.weir.it;

import static org.awaitility.Awaitility.await;

import dev.weir.it.ChaosJournal.Count;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Holds what the readers of a room have against what was asked, what was told, a fresh reader and the database. */
final class ChaosCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChaosJournal journal;
    private final Connection database;

    ChaosCheck(ChaosJournal journal, Connection database) {
        this.journal = journal;
        this.database = database;
    }

    void check(ChaosRoom room) {
        try (ChaosReader fresh = room.freshReader()) {
            for (ChaosReader reader : room.readers()) {
                agree(reader, fresh);
                ends(room.told(), reader);
            }
            conversation(room, fresh.items());
            rows(room);
        } catch (SQLException e) {
            journal.fault(room.where(), "the database can't be read: " + e);
        }
    }

    private void agree(ChaosReader reader, ChaosReader fresh) {
        try {
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(PATIENCE)
                    .until(() -> fresh.begun()
                            && reader.cursor().equals(fresh.cursor())
                            && reader.conversation().equals(fresh.conversation()));
        } catch (ConditionTimeoutException e) {
            journal.fault(
                    reader.name(),
                    "at " + reader.cursor() + " it has\n" + String.join("\n", reader.conversation())
                            + "\nbut a fresh reader at " + fresh.cursor() + " has\n"
                            + String.join("\n", fresh.conversation()));
        }
    }

    /** A reader that has had every event has had the end of each answer. */
    private void ends(List<ChaosRoom.Told> told, ChaosReader reader) {
        if (reader.unbroken()) {
            for (ChaosRoom.Told one : told) {
                reader.finished(one.turn())
                        .filter(it -> reader.endsOf(it.id) != 1)
                        .ifPresent(it -> journal.fault(
                                reader.name(), "answer " + it.id + " has ended " + reader.endsOf(it.id) + " times"));
            }
        }
    }

    private void conversation(ChaosRoom room, List<Seen.Item> items) {
        List<ChaosRoom.Told> told = room.told();
        if (items.size() != 2 * told.size()) {
            journal.fault(
                    room.where(),
                    told.size() + " questions were asked, but the conversation has " + items.size() + " messages: "
                            + items);
            return;
        }
        for (int i = 0; i < told.size(); i++) {
            exchange(room, told.get(i), items.get(2 * i), items.get(2 * i + 1));
        }
    }

    private void exchange(ChaosRoom room, ChaosRoom.Told told, Seen.Item question, Seen.Item answer) {
        if (!question.id.equals(told.message()) || !question.text.equals(StoryTeller.question(told.story()))) {
            journal.fault(room.where(), "the question of turn " + told.turn() + " is " + question.id + " " + question);
        }
        if (!answer.turn.equals(told.turn()) || answer.live) {
            journal.fault(room.where(), "turn " + told.turn() + " has no finished answer in its place: " + answer);
        }
        judge(room, told, answer.outcome() + " (" + answer.reason() + ")", answer.text);
    }

    private void judge(ChaosRoom room, ChaosRoom.Told told, String outcome, String text) {
        String whole = told.story().guarded();
        boolean complete = outcome.startsWith("complete") && text.equals(whole);
        boolean stopped =
                told.stopped() && outcome.startsWith("stopped") && told.story().begins(text);
        boolean cut = journal.bearsLosses()
                && outcome.startsWith("interrupted")
                && told.story().begins(text);
        if (cut) {
            journal.count(Count.INTERRUPTED);
        } else if (!complete && !stopped) {
            journal.fault(
                    room.where(),
                    "turn " + told.turn() + " is " + outcome + " with\n" + text + "\nbut the story is\n" + whole);
        }
    }

    private record Row(
            String text, String outcome, @Nullable String writer) {}

    private void rows(ChaosRoom room) throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        int questions = 0;
        try (PreparedStatement select = database.prepareStatement(
                "SELECT turn, text, outcome, writer FROM message WHERE room = ? AND NOT superseded")) {
            select.setString(1, room.id());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    String turn = found.getString(1);
                    if (turn == null) {
                        questions++;
                    } else if (rows.put(turn, new Row(found.getString(2), found.getString(3), found.getString(4)))
                            != null) {
                        journal.fault(room.where(), "the database has two answers of turn " + turn);
                    }
                }
            }
        }
        if (questions != room.told().size() || rows.size() != room.told().size()) {
            journal.fault(
                    room.where(),
                    "the database has " + questions + " questions and " + rows.size() + " answers of "
                            + room.told().size());
        }
        for (ChaosRoom.Told told : room.told()) {
            Optional<Row> row = Optional.ofNullable(rows.get(told.turn()));
            if (row.isEmpty() || row.get().writer() != null) {
                journal.fault(room.where(), "the database has no finished answer of turn " + told.turn() + ": " + row);
            } else {
                judge(
                        room,
                        told,
                        row.get().outcome() + " in the database",
                        row.get().text());
            }
        }
    }
}
