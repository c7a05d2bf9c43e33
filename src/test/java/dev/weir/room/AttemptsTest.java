package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.room.Attempt.Seek;
import dev.weir.room.Command.Ack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A command that is carried out again, because nobody knows how far an earlier attempt has come. */
class AttemptsTest {

    private static final Command.Prompt PROMPT = new Command.Prompt("One?", Optional.empty());

    private final RoomRig rig = new RoomRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Attempt attempt(Command command, Seek seek) {
        return Attempt.at(rig.ada, rig.room, "1", command, seek);
    }

    private Ack perform(Command command, Seek seek) {
        return rig.asking.perform(rig.ada, rig.room, command, attempt(command, seek));
    }

    private void assertOnce(Command command) {
        Ack first = perform(command, Seek.DATABASE);
        int events = rig.events();

        assertThat(perform(command, Seek.EVERYWHERE)).isEqualTo(first);
        assertThat(perform(command, Seek.DATABASE)).isEqualTo(first);
        assertThat(rig.events()).isEqualTo(events);
        assertThat(rig.turns.running()).isOne();
    }

    @Test
    void a_question_is_asked_once() {
        assertOnce(PROMPT);

        rig.finish(rig.fast, "One.");
        assertOnceFinished();
    }

    private void assertOnceFinished() {
        perform(PROMPT, Seek.EVERYWHERE);
        perform(PROMPT, Seek.DATABASE);

        assertThat(rig.texts()).containsExactly("One?", "One.");
        assertThat(rig.turns.running()).isZero();
    }

    @Test
    void a_question_that_was_said_and_no_more_is_answered() {
        Attempt attempt = attempt(PROMPT, Seek.EVERYWHERE);
        var said = new Event.Message(
                attempt.message(), Rooms.member(rig.ada), PROMPT.text(), Optional.empty(), Optional.empty());
        rig.log.append(rig.room, List.of(said)).toCompletableFuture().join();

        Ack ack = perform(PROMPT, Seek.EVERYWHERE);
        rig.finish(rig.fast, "One.");

        assertThat(ack).isEqualTo(new Ack(attempt.turn(), attempt.message()));
        assertThat(rig.texts()).containsExactly("One?", "One.");
        assertThat(rig.joined()).hasSize(2);
    }

    @Test
    void an_edit_takes_one_place_once() {
        Ack said = rig.talk(rig.ada, "One?", "One.");

        assertOnce(new Command.Edit(said.message(), "Two?", Optional.empty()));

        rig.finish(rig.fast, "Two.");
        assertThat(rig.texts()).containsExactly("Two?", "Two.");
    }

    @Test
    void an_answer_is_made_anew_once() {
        rig.talk(rig.ada, "One?", "One.");
        String answer = rig.conversation().getLast().message().id();

        assertOnce(new Command.Regenerate(answer, Optional.empty()));

        rig.finish(rig.fast, "Another.");
        assertThat(rig.texts()).containsExactly("One?", "Another.");
    }

    @Test
    void an_answer_is_continued_once() {
        rig.talk(rig.ada, "One?", "One");
        String answer = rig.conversation().getLast().message().id();

        assertOnce(new Command.Continue(answer));

        rig.finish(rig.fast, " and more.");
        assertThat(rig.texts()).containsExactly("One?", "One and more.");
    }
}
