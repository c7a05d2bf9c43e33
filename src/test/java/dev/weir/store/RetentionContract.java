package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static dev.weir.store.Samples.at;
import static dev.weir.store.Samples.branch;
import static dev.weir.store.Samples.finished;
import static dev.weir.store.Samples.newRoom;
import static dev.weir.store.Samples.said;
import static dev.weir.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.room.RetentionStore.Deleted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every engine must do with what is too old. Everything else that tests have made is younger. */
abstract class RetentionContract {

    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(4000));

    private final Database database;
    private final JdbiRetention retention;
    private final JdbiColdLog cold;
    private final String room;
    private final String mark = Ids.next();

    RetentionContract(Engine engine) {
        database = engine.started();
        retention = new JdbiRetention(database);
        cold = new JdbiColdLog(database);
        room = newRoom(database);
    }

    private List<String> conversation() {
        return cold.messages(room, 100).stream().map(it -> it.message().text()).toList();
    }

    private void answered(long seq, String id, Instant at) {
        cold.saveMessage(room, at(seq), at, said(mark + id, "Question " + id));
        cold.beginAnswers(room, at(seq + 1), at, turn(mark + "t" + id, mark + id, branch(mark + "b" + id)), "n");
        cold.finishAnswer(
                room, finished(mark + "t" + id, mark + "b" + id, mark + id, "Answer " + id, Outcome.COMPLETE), "n");
    }

    @Test
    void deletes_what_is_older_a_few_at_a_time_and_nothing_else() {
        answered(1, "1", LONG_AGO);
        answered(3, "2", LONG_AGO.plusSeconds(1));
        answered(5, "3", NOON);
        Instant before = LONG_AGO.plusSeconds(5);

        assertThat(retention.deleteMessages(before, 3)).isEqualTo(new Deleted(3, Set.of(room)));
        assertThat(retention.deleteMessages(before, 3)).isEqualTo(new Deleted(1, Set.of(room)));
        assertThat(retention.deleteMessages(before, 3)).isEqualTo(new Deleted(0, Set.of()));

        assertThat(conversation()).containsExactly("Question 3", "Answer 3");
        int turns = database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM turn")
                .mapTo(Integer.class)
                .one());
        assertThat(turns).isEqualTo(1);
    }

    @Test
    void leaves_what_is_being_written() {
        cold.saveMessage(room, at(1), LONG_AGO, said(mark, "Question"));
        cold.beginAnswers(room, at(2), LONG_AGO, turn(mark + "t", mark, branch(mark + "b")), "n");

        assertThat(retention.deleteMessages(NOON, 10).messages()).isEqualTo(1);

        assertThat(cold.message(room, mark + "b")).isPresent();
        assertThat(retention.quietSince(NOON.plusSeconds(9), Set.of(room))).isEmpty();
    }

    @Test
    void finds_rooms_that_nobody_uses() {
        String other = newRoom(database);
        cold.saveMessage(other, at(1), NOON.plusSeconds(60), said(mark, "News"));

        assertThat(retention.unusedSince(NOON.plusSeconds(30), 10)).containsExactly(room);
        assertThat(retention.unusedSince(NOON.plusSeconds(90), 1)).containsExactly(room);
        assertThat(retention.quietSince(NOON.plusSeconds(30), Set.of(room, other)))
                .containsExactly(room);
    }
}
