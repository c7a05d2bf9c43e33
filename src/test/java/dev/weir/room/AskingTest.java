package dev.weir.room;

import static dev.weir.room.RoomRig.refused;
import static dev.weir.room.RoomRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Outcome;
import dev.weir.log.ClientView.Shown;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.room.Command.Ack;
import dev.weir.room.Refusal.Code;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskingTest {

    private final RoomRig rig = new RoomRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Ack perform(Command command) {
        return rig.asking.perform(rig.ada, rig.room, command);
    }

    private Ack edit(String message, String text) {
        return perform(new Command.Edit(message, text, Optional.empty()));
    }

    private Ack regenerate(String answer) {
        return perform(new Command.Regenerate(answer, Optional.empty()));
    }

    private static Line user(String text) {
        return new Line(Role.USER, text);
    }

    private static Line assistant(String text) {
        return new Line(Role.ASSISTANT, text);
    }

    private Prompt asked() {
        return rig.fast.prompts().getLast();
    }

    @Test
    void answers_with_what_was_said_before() {
        rig.talk(rig.ada, "One?", "One.");
        rig.talk(rig.ada, "Two?", "Two.");

        assertThat(asked().lines()).containsExactly(user("One?"), assistant("One."), user("Two?"));
        assertThat(rig.texts()).containsExactly("One?", "One.", "Two?", "Two.");
        assertThat(rig.joined()).extracting(Shown::text).containsExactly("One?", "One.", "Two?", "Two.");
    }

    @Test
    void says_who_speaks_where_there_are_several() {
        rig.talk(rig.ada, "One?", "One.");
        rig.talk(rig.bob, "Two?", "Two.");

        assertThat(asked().lines()).containsExactly(user("Ada: One?"), assistant("One."), user("Bob: Two?"));
    }

    @Test
    void names_a_room_after_its_first_question() {
        rig.talk(rig.ada, "  What is a weir good for, and who builds one these days, and why not a dam?\nMore", "It…");
        assertThat(rig.rooms.room(rig.ada, rig.room).name())
                .isEqualTo("What is a weir good for, and who builds one these days, and…")
                .hasSizeLessThanOrEqualTo(60);

        rig.talk(rig.ada, "Another", "Yes.");
        assertThat(rig.rooms.room(rig.ada, rig.room).name()).startsWith("What is");
    }

    @Test
    void refuses_what_cannot_be_asked_before_anything_is_said() {
        int before = rig.events();

        refused(Code.INVALID, () -> rig.ask(rig.ada, " \n "));
        refused(Code.TOO_LARGE, () -> rig.ask(rig.ada, "x".repeat(Asking.LONGEST_MESSAGE + 1)));
        refused(Code.UNKNOWN_MODEL, () -> perform(new Command.Prompt("Hello", Optional.of("gone"))));
        refused(Code.NO_SUCH_MESSAGE, () -> edit("nosuch", "Hello"));
        refused(Code.NO_SUCH_MESSAGE, () -> regenerate("nosuch"));
        refused(Code.NO_SUCH_MESSAGE, () -> perform(new Command.Continue("nosuch")));

        assertThat(rig.events()).isEqualTo(before);
        assertThat(rig.conversation()).isEmpty();
    }

    @Test
    void a_question_that_cannot_be_answered_now_is_not_said_either() {
        IntStream.range(0, 4).forEach(i -> rig.ask(rig.ada, "Question " + i));
        int before = rig.conversation().size();

        refused(Code.BUSY, () -> rig.ask(rig.ada, "One too many"));

        assertThat(rig.conversation()).hasSize(before);
    }

    @Test
    void uses_the_model_asked_for_else_the_rooms_else_the_first() {
        rig.ask(rig.ada, "First");
        assertThat(rig.fast.asked()).isEqualTo(1);
        rig.rooms.useModel(rig.ada, rig.room, "smart");
        rig.ask(rig.ada, "Second");
        assertThat(rig.smart.asked()).isEqualTo(1);
        perform(new Command.Prompt("Third", Optional.of("fast")));
        assertThat(rig.fast.asked()).isEqualTo(2);
        rig.store.useModel(rig.room, "a model that is no more");
        rig.ask(rig.ada, "Fourth");
        assertThat(rig.fast.asked()).isEqualTo(3);
    }

    @Test
    void an_edit_takes_the_place_of_a_message_and_all_that_followed_and_ends_what_is_being_written() {
        rig.talk(rig.ada, "One?", "One.");
        Ack two = rig.talk(rig.ada, "Two?", "Two.");
        Ack three = rig.ask(rig.bob, "Three?");
        rig.fast.listener().delta("Thr");
        String running = rig.answerTo(three);

        Ack edited = edit(two.message(), "Zwei?");

        assertThat(rig.outcome(running)).isEqualTo(Outcome.SUPERSEDED);
        rig.finish(rig.fast, "Zwei.");
        assertThat(rig.texts()).containsExactly("One?", "One.", "Zwei?", "Zwei.");
        assertThat(asked().lines()).containsExactly(user("One?"), assistant("One."), user("Zwei?"));
        assertThat(rig.joined())
                .extracting(Shown::id)
                .contains(edited.message())
                .doesNotContain(running);
        refused(Code.CONFLICT, () -> edit(two.message(), "Deux?"));
    }

    @Test
    void only_ones_own_messages_can_be_edited() {
        Ack one = rig.talk(rig.bob, "One?", "One.");

        refused(Code.INVALID, () -> edit(one.message(), "Mine"));
        refused(Code.INVALID, () -> edit(rig.answerTo(one), "Mine"));
    }

    @Test
    void another_answer_takes_the_place_of_one_and_of_all_that_followed() {
        Ack one = rig.talk(rig.ada, "One?", "One.");
        String answer = rig.answerTo(one);
        Ack two = rig.ask(rig.bob, "Two?");
        String running = rig.answerTo(two);

        regenerate(answer);

        assertThat(rig.outcome(running)).isEqualTo(Outcome.SUPERSEDED);
        rig.finish(rig.fast, "Uno.");
        assertThat(asked().lines()).containsExactly(user("One?"));
        assertThat(rig.texts()).containsExactly("One?", "Uno.");
        rig.joined();
        refused(Code.CONFLICT, () -> regenerate(answer));
        refused(Code.INVALID, () -> regenerate(one.message()));
    }

    @Test
    void only_one_of_two_who_want_another_answer_gets_it() throws Exception {
        String answer = rig.answerTo(rig.talk(rig.ada, "One?", "One."));
        var barrier = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> again = () -> {
                barrier.await();
                try {
                    return regenerate(answer).turn();
                } catch (Refusal refusal) {
                    return refusal.code().word();
                }
            };
            List<Future<String>> both = threads.invokeAll(List.of(again, again));
            assertThat(List.of(both.get(0).get(), both.get(1).get())).containsOnlyOnce("conflict");
        }
        rig.finish(rig.fast, "Uno.");
        assertThat(rig.texts()).containsExactly("One?", "Uno.");
        rig.joined();
    }

    @Test
    void an_answer_that_is_being_written_can_only_be_stopped() {
        Ack one = rig.ask(rig.ada, "One?");
        String answer = rig.answerTo(one);

        refused(Code.CONFLICT, () -> regenerate(answer));
        refused(Code.CONFLICT, () -> perform(new Command.Continue(answer)));
        rig.asking.perform(rig.bob, rig.room, new Command.Stop(one.turn()));
        rig.asking.perform(rig.bob, rig.room, new Command.Stop(one.turn()));
        soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.outcome(answer)).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void goes_on_with_an_answer_from_its_text() {
        Ack one = rig.ask(rig.ada, "One?");
        rig.fast.listener().delta("One and ");
        perform(new Command.Stop(one.turn()));
        soon().until(() -> rig.turns.running() == 0);
        String half = rig.answerTo(one);

        Ack more = perform(new Command.Continue(half));
        rig.finish(rig.fast, "a half.");

        assertThat(asked().lines()).containsExactly(user("One?"), assistant("One and "));
        assertThat(rig.texts()).containsExactly("One?", "One and a half.");
        assertThat(rig.answerTo(more)).isNotEqualTo(half);
        rig.joined();
        refused(Code.CONFLICT, () -> perform(new Command.Continue(half)));
    }

    @Test
    void asks_a_model_anew_that_cannot_go_on_after_a_beginning_and_says_so() {
        Ack one = perform(new Command.Prompt("One?", Optional.of("anew")));
        rig.anew.listener().delta("One and ");
        perform(new Command.Stop(one.turn()));
        soon().until(() -> rig.turns.running() == 0);

        perform(new Command.Continue(rig.answerTo(one)));
        rig.finish(rig.anew, "All of it.");

        assertThat(rig.anew.prompts().getLast().lines()).containsExactly(user("One?"));
        assertThat(rig.texts()).containsExactly("One?", "All of it.");
        assertThat(rig.hot.events(rig.room).toString()).contains("again from the start");
    }

    @Test
    void tells_the_others_who_is_typing() {
        perform(new Command.Typing());

        soon().until(() -> rig.hot.events(rig.room).getLast().contains("typing"));
    }

    @Test
    void a_command_that_is_sent_again_does_nothing_and_gets_the_same_answer() throws Exception {
        Command command = new Command.Prompt("Once", Optional.empty());
        var barrier = new CyclicBarrier(8);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Ack> send = () -> {
                barrier.await();
                return rig.commands.perform(rig.ada, rig.room, "1", command);
            };
            List<Future<Ack>> acks = threads.invokeAll(java.util.Collections.nCopies(8, send));
            for (Future<Ack> ack : acks) {
                assertThat(ack.get()).isEqualTo(acks.get(0).get());
            }
            assertThat(rig.commands.perform(rig.ada, rig.room, "1", new Command.Stop("other")))
                    .isEqualTo(acks.get(0).get());
        }
        assertThat(rig.fast.asked()).isEqualTo(1);
        rig.commands.perform(rig.bob, rig.room, "1", command);
        assertThat(rig.fast.asked()).isEqualTo(2);
    }

    @Test
    void a_refused_command_may_be_sent_again() {
        refused(
                Code.INVALID,
                () -> rig.commands.perform(rig.ada, rig.room, "1", new Command.Prompt("", Optional.empty())));

        assertThat(rig.commands
                        .perform(rig.ada, rig.room, "1", new Command.Prompt("Now", Optional.empty()))
                        .turn())
                .isNotEmpty();
    }
}
