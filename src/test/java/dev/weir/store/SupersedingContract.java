package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static dev.weir.store.Samples.at;
import static dev.weir.store.Samples.branch;
import static dev.weir.store.Samples.branchInsteadOf;
import static dev.weir.store.Samples.said;
import static dev.weir.store.Samples.saidInsteadOf;
import static dev.weir.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine must do. */
abstract class SupersedingContract {

    private final Database database;
    private final JdbiColdLog log;
    private final String room;
    private final String prompt = Ids.next();
    private final String turn = Ids.next();
    private final String answer = Ids.next();

    SupersedingContract(Engine engine) {
        database = engine.shared();
        log = new JdbiColdLog(database);
        room = Samples.newRoom(database);
    }

    @Test
    void supersedes_an_edited_message_and_all_that_followed() {
        log.saveMessage(room, at(0), NOON, said("p0" + room, "first"));
        log.saveMessage(room, at(1), NOON, said("p1" + room, "second"));
        log.beginAnswers(room, at(2), NOON, turn(turn, "p1" + room, branch(answer)), "n1");
        log.saveMessage(room, at(9), NOON, saidInsteadOf("p1" + room, "p2" + room));

        assertThat(ids(10)).containsExactly("p0" + room, "p2" + room);
        assertThat(log.message(room, answer)).isPresent();
        assertThat(log.message(room, "p1" + room)).isPresent();
    }

    @Test
    void supersedes_a_regenerated_answer_but_not_its_siblings() {
        String sibling = Ids.next();
        String again = Ids.next();
        log.saveMessage(room, at(0), NOON, said(prompt, "ask"));
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer), branch(sibling)), "n1");
        log.saveMessage(room, at(9), NOON, said("later" + room, "and then"));
        log.beginAnswers(
                room, at(20), NOON, turn(Ids.next(), prompt, branchInsteadOf(answer, again), branch("x" + room)), "n1");

        assertThat(ids(10)).containsExactly(prompt, sibling, again, "x" + room);
        assertThat(log.message(room, again).orElseThrow().message().replaces()).hasValue(answer);
    }

    @Test
    void supersedes_nothing_newer_when_a_replacement_is_saved_again() {
        log.saveMessage(room, at(0), NOON, said(prompt, "ask"));
        log.saveMessage(room, at(5), NOON, saidInsteadOf(prompt, "edit" + room));
        log.saveMessage(room, at(6), NOON, said("after" + room, "later"));
        log.saveMessage(room, at(5), NOON, saidInsteadOf(prompt, "edit" + room));

        assertThat(ids(10)).containsExactly("edit" + room, "after" + room);
    }

    @Test
    void supersedes_the_same_whatever_was_saved_first() {
        log.saveMessage(room, at(5), NOON, saidInsteadOf(prompt, "edit" + room));
        log.saveMessage(room, at(3), NOON, said("between" + room, "overtaken"));
        log.saveMessage(room, at(0), NOON, said(prompt, "ask"));
        log.saveMessage(room, at(2), NOON, said("late" + room, "overtaken too"));
        log.saveMessage(room, at(6), NOON, said("after" + room, "later"));

        assertThat(ids(10)).containsExactly("edit" + room, "after" + room);
    }

    @Test
    void ignores_the_replacement_of_a_message_of_another_room() {
        String other = Samples.newRoom(database);
        log.saveMessage(other, at(0), NOON, said(prompt, "theirs"));
        log.saveMessage(room, at(0), NOON, said("mine" + room, "mine"));
        log.saveMessage(room, at(5), NOON, saidInsteadOf(prompt, "edit" + room));

        assertThat(ids(10)).containsExactly("mine" + room, "edit" + room);
        assertThat(log.messages(other, 10)).hasSize(1);
    }

    private List<String> ids(int limit) {
        return log.messages(room, limit).stream()
                .map(stored -> stored.message().id())
                .toList();
    }
}
