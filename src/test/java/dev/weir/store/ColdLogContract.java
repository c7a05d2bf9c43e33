package dev.weir.store;

import static dev.weir.store.Samples.ADA;
import static dev.weir.store.Samples.FAST;
import static dev.weir.store.Samples.NOON;
import static dev.weir.store.Samples.at;
import static dev.weir.store.Samples.branch;
import static dev.weir.store.Samples.finished;
import static dev.weir.store.Samples.said;
import static dev.weir.store.Samples.saidInsteadOf;
import static dev.weir.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import dev.weir.event.Variants.Part;
import dev.weir.log.ColdLog.LiveText;
import dev.weir.log.ColdLog.Orphan;
import dev.weir.log.ColdLog.Stored;
import dev.weir.room.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must do. */
abstract class ColdLogContract {

    private final Database database;
    private final JdbiColdLog log;
    private final String room;
    private final String prompt = Ids.next();
    private final String turn = Ids.next();
    private final String answer = Ids.next();

    ColdLogContract(Engine engine) {
        database = engine.shared();
        log = new JdbiColdLog(database);
        room = Samples.newRoom(database);
    }

    @Test
    void counts_epochs_from_one() {
        assertThat(log.nextEpoch(room)).isEqualTo(1);
        assertThat(log.nextEpoch(room)).isEqualTo(2);
        assertThat(log.nextEpoch(Samples.newRoom(database))).isEqualTo(1);
    }

    @Test
    void gives_no_epoch_twice_when_nodes_ask_at_once() throws Exception {
        List<Long> epochs = atOnce(8, () -> log.nextEpoch(room));

        assertThat(epochs).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void refuses_to_write_to_a_room_that_is_not_there() {
        assertThatThrownBy(() -> log.nextEpoch("nowhere")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> log.saveMessage("nowhere", at(0), NOON, said(prompt, "Hi")))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> log.beginAnswers("nowhere", at(0), NOON, turn(turn, prompt, branch(answer)), "n1"))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void gives_back_a_message_as_it_was_saved() {
        log.saveMessage(room, at(7), NOON, said(prompt, "Hello"));

        assertThat(log.messages(room, 10))
                .containsExactly(new Stored(at(7), NOON, said(prompt, "Hello"), false, at(8)));
        assertThat(log.message(room, prompt)).hasValue(log.messages(room, 10).getFirst());
    }

    @Test
    void marks_the_room_as_used_at_its_latest_message() {
        Instant later = NOON.plusSeconds(60);
        log.saveMessage(room, at(7), later, said(prompt, "Hello"));
        log.saveMessage(room, at(3), NOON, said(Ids.next(), "Earlier"));

        assertThat(new JdbiRoomStore(database).find(room).orElseThrow().updatedAt())
                .isEqualTo(later);
    }

    @Test
    void finds_no_message_of_another_room() {
        log.saveMessage(room, at(0), NOON, said(prompt, "Hello"));

        assertThat(log.message(Samples.newRoom(database), prompt)).isEmpty();
        assertThat(log.message(room, "unknown")).isEmpty();
    }

    @Test
    void keeps_one_message_when_it_is_saved_twice() {
        log.saveMessage(room, at(0), NOON, said(prompt, "Hello"));
        log.saveMessage(room, at(0), NOON, said(prompt, "Hello"));

        assertThat(log.messages(room, 10)).hasSize(1);
    }

    @Test
    void refuses_an_id_that_another_room_uses() {
        log.saveMessage(room, at(0), NOON, said(prompt, "Hello"));
        String other = Samples.newRoom(database);

        assertThatThrownBy(() -> log.saveMessage(other, at(0), NOON, said(prompt, "Mine")))
                .isInstanceOf(RuntimeException.class);
        assertThat(log.message(room, prompt).orElseThrow().message().text()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'); DROP TABLE message; --",
                ":room ? <alive> $1 \\' {d '2026-01-01'} ${flyway}",
                "naïve 😀 👩‍👩‍👧 \uD83D\uDE80 日本語 \u202E עברית",
                "line\r\nline\ttab\u0001\u001F\uFFFF",
            })
    void keeps_any_text_as_it_is(String text) {
        log.saveMessage(room, at(0), NOON, said(prompt, text));

        assertThat(log.message(room, prompt).orElseThrow().message().text()).isEqualTo(text);
    }

    @Test
    void replaces_what_no_database_takes() {
        log.saveMessage(room, at(0), NOON, said(prompt, "a\u0000b\uD83Dc\uDE00"));

        assertThat(log.message(room, prompt).orElseThrow().message().text()).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    }

    @Test
    void keeps_ten_megabytes_of_text() {
        String text = "0123456789abcde😀".repeat(10 * 1024 * 1024 / 17);
        log.saveMessage(room, at(0), NOON, said(prompt, text));

        assertThat(log.message(room, prompt).orElseThrow().message().text()).isEqualTo(text);
    }

    @Test
    void begins_answers_live_and_empty_in_the_order_of_their_branches() {
        String second = Ids.next();
        log.saveMessage(room, at(0), NOON, said(prompt, "Hello"));
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer), branch(second)), "n1");

        assertThat(ids(10)).containsExactly(prompt, answer, second);
        Stored begun = log.message(room, answer).orElseThrow();
        assertThat(begun.live()).isTrue();
        assertThat(begun.place()).isEqualTo(at(1));
        assertThat(begun.through()).isEqualTo(at(2));
        assertThat(begun.message().from()).isEqualTo(FAST);
        assertThat(begun.message().text()).isEmpty();
        Event.Answer preliminary = begun.message().answer().orElseThrow();
        assertThat(preliminary.turn()).isEqualTo(turn);
        assertThat(preliminary.prompt()).isEqualTo(prompt);
        assertThat(preliminary.model()).isEqualTo("fast");
        assertThat(preliminary.usage()).isEqualTo(new Usage(0, 0, 0, true));
        assertThat(preliminary.timing()).isEqualTo(new Timing(-1, 0));
    }

    @Test
    void keeps_who_asked_and_what_ran_for_the_auditor() {
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");

        List<String> ran = database.read(handle ->
                handle.createQuery("""
                        SELECT t.requested_by_id || '/' || t.node || '/' || i.name || '/' || i.mode
                        FROM turn t JOIN turn_interceptor i ON i.turn = t.id WHERE t.id = :turn ORDER BY i.step
                        """).bind("turn", turn).mapTo(String.class).list());
        assertThat(ran).containsExactly(ADA.id() + "/n1/meter/observe", ADA.id() + "/n1/length/enforce");
    }

    @Test
    void keeps_the_text_so_far_and_never_goes_back() {
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");

        log.saveTexts(List.of(new LiveText(answer, at(9), "Hello wor")), "n1");
        log.saveTexts(List.of(new LiveText(answer, at(5), "Hello")), "n1");
        assertThat(log.message(room, answer).orElseThrow().message().text()).isEqualTo("Hello wor");
        assertThat(log.message(room, answer).orElseThrow().through()).isEqualTo(at(9));

        log.saveTexts(List.of(new LiveText(answer, new Cursor(2, 0), "Hello world")), "n1");
        assertThat(log.message(room, answer).orElseThrow().message().text()).isEqualTo("Hello world");
    }

    @Test
    void keeps_translations_with_the_text_so_far_and_with_the_finished_answer() {
        Variants some = new Variants(Map.of("fr", List.of(new Part(0, 5, "Salut", false))));
        Variants all = new Variants(Map.of("fr", List.of(new Part(0, 5, "Salut", false), new Part(5, 9, "", true))));
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");
        assertThat(log.message(room, answer).orElseThrow().message().variants()).isEqualTo(Variants.NONE);

        log.saveTexts(List.of(new LiveText(answer, at(9), "Hello wor", some)), "n1");
        assertThat(log.message(room, answer).orElseThrow().message().variants()).isEqualTo(some);

        Event.Message end = finished(turn, answer, prompt, "Hello you", Outcome.COMPLETE);
        log.finishAnswer(
                room, new Event.Message(end.id(), end.from(), end.text(), end.replaces(), end.answer(), all), "n1");
        assertThat(log.message(room, answer).orElseThrow().message().variants()).isEqualTo(all);
    }

    @Test
    void keeps_translations_of_what_a_person_said_and_of_nothing_else_by_that_name() {
        Variants some = new Variants(Map.of("fr", List.of(new Part(0, 5, "Salut", false))));
        log.saveMessage(room, at(0), NOON, said(prompt, "Hello"));
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");

        log.saveVariants(room, prompt, some);
        log.saveVariants(room, answer, some);
        log.saveVariants("nowhere", prompt, Variants.NONE);
        log.saveVariants(room, "unknown", some);

        assertThat(log.message(room, prompt).orElseThrow().message().variants()).isEqualTo(some);
        assertThat(log.message(room, answer).orElseThrow().message().variants()).isEqualTo(Variants.NONE);
    }

    @Test
    void leaves_a_finished_answer_alone() {
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");
        Event.Message end = finished(turn, answer, prompt, "All of it", Outcome.COMPLETE);
        log.finishAnswer(room, end, "n1");

        log.saveTexts(List.of(new LiveText(answer, at(99), "too late"), new LiveText("unknown", at(1), "?")), "n1");
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");

        Stored stored = log.message(room, answer).orElseThrow();
        assertThat(stored.message()).isEqualTo(end);
        assertThat(stored.at())
                .as("when it was done")
                .isEqualTo(NOON.plusMillis(end.answer().orElseThrow().timing().durationMillis()));
        assertThat(stored.live()).isFalse();
    }

    @Test
    void lets_the_first_to_finish_win() {
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");
        log.finishAnswer(room, finished(turn, answer, prompt, "Half", Outcome.STOPPED), "n1");
        log.finishAnswer(room, finished(turn, answer, prompt, "All of it", Outcome.COMPLETE), "n1");

        assertThat(log.message(room, answer).orElseThrow().message())
                .isEqualTo(finished(turn, answer, prompt, "Half", Outcome.STOPPED));
    }

    @Test
    void keeps_one_whole_ending_when_two_finish_at_once() throws Exception {
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");
        List<Event.Message> endings = List.of(
                finished(turn, answer, prompt, "stopped text", Outcome.STOPPED),
                finished(turn, answer, prompt, "complete text", Outcome.COMPLETE));
        List<Event.Message> left = new ArrayList<>(endings);
        atOnce(2, () -> {
                    Event.Message mine;
                    synchronized (left) {
                        mine = left.removeLast();
                    }
                    log.finishAnswer(room, mine, "n1");
                    return log.message(room, answer).orElseThrow().message();
                })
                .forEach(seen -> assertThat(seen)
                        .isEqualTo(log.message(room, answer).orElseThrow().message()));

        assertThat(endings).contains(log.message(room, answer).orElseThrow().message());
    }

    @Test
    void keeps_all_outcomes() {
        List<Event.Branch> branches = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            branches.add(branch(turn + outcome));
        }
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branches.toArray(Event.Branch[]::new)), "n1");
        for (Outcome outcome : Outcome.values()) {
            Event.Message end = finished(turn, turn + outcome, prompt, "t", outcome);
            log.finishAnswer(room, end, "n1");
            assertThat(log.message(room, end.id()).orElseThrow().message()).isEqualTo(end);
        }
    }

    @Test
    void refuses_to_end_an_answer_that_never_began() {
        Event.Message end = finished(turn, answer, prompt, "t", Outcome.COMPLETE);

        assertThatThrownBy(() -> log.finishAnswer(room, end, "n1")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> log.finishAnswer(room, said(prompt, "no answer"), "n1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.saveMessage(room, at(1), NOON, end)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void drops_the_end_of_an_answer_whose_room_was_deleted() {
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");
        new JdbiRoomStore(database).delete(room);

        log.saveTexts(List.of(new LiveText(answer, at(9), "Hello")), "n1");
        log.finishAnswer(room, finished(turn, answer, prompt, "t", Outcome.COMPLETE), "n1");

        assertThat(log.message(room, answer)).isEmpty();
    }

    @Test
    void gives_the_newest_messages_oldest_first() {
        for (int i = 0; i < 5; i++) {
            log.saveMessage(room, at(i), NOON, said(prompt + i, "m" + i));
        }
        log.saveMessage(room, new Cursor(2, 0), NOON, said(prompt + 5, "after a restart"));

        assertThat(ids(3)).containsExactly(prompt + 3, prompt + 4, prompt + 5);
        assertThat(ids(100)).hasSize(6);
        assertThat(ids(0)).isEmpty();
    }

    @Test
    void finds_the_answers_of_nodes_that_are_gone() {
        String second = Ids.next();
        String node = Ids.next();
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer), branch(second)), node);
        log.saveTexts(List.of(new LiveText(answer, at(4), "so far")), node);
        log.finishAnswer(room, finished(turn, second, prompt, "done", Outcome.COMPLETE), node);

        assertThat(orphansHere(List.of())).containsExactly(answer);
        assertThat(orphansHere(List.of("other", "third"))).containsExactly(answer);
        assertThat(orphansHere(List.of("other", node))).isEmpty();
        Orphan orphan = log.orphans(List.of()).stream()
                .filter(o -> o.room().equals(room))
                .findFirst()
                .orElseThrow();
        assertThat(orphan.answer()).isEqualTo(log.message(room, answer).orElseThrow());
        assertThat(orphan.answer().message().text()).isEqualTo("so far");
        assertThat(orphan.node()).isEqualTo(node);
    }

    @Test
    void lets_only_the_node_write_that_took_an_answer_over() {
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");

        assertThat(log.takeOver(answer, List.of("n1", "n2"), "n2")).isFalse();
        assertThat(log.takeOver(answer, List.of("n2", "n3"), "n2")).isTrue();
        assertThat(log.takeOver(answer, List.of("n2", "n3"), "n3"))
                .as("too late")
                .isFalse();
        log.saveTexts(List.of(new LiveText(answer, at(9), "by a node that was only paused")), "n1");
        log.finishAnswer(room, finished(turn, answer, prompt, "by it, too", Outcome.FAILED), "n1");
        assertThat(log.message(room, answer).orElseThrow().live()).isTrue();
        assertThat(log.message(room, answer).orElseThrow().message().text()).isEmpty();

        log.saveTexts(List.of(new LiveText(answer, at(5), "by the other")), "n2");
        assertThat(log.message(room, answer).orElseThrow().message().text()).isEqualTo("by the other");
        log.finishAnswer(room, finished(turn, answer, prompt, "All of it", Outcome.COMPLETE), "n2");
        assertThat(log.message(room, answer).orElseThrow().message().text()).isEqualTo("All of it");
        assertThat(log.takeOver(answer, List.of("n3"), "n3")).as("finished").isFalse();
    }

    @Test
    void bears_flushes_ends_and_edits_of_one_room_at_once() throws Exception {
        List<Event.Branch> branches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            branches.add(branch(turn + i));
        }
        log.saveMessage(room, at(0), NOON, said(prompt, "ask"));
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branches.toArray(Event.Branch[]::new)), "n1");
        List<Integer> numbers = new ArrayList<>(List.of(0, 1, 2, 3));

        atOnce(4, () -> {
            int me;
            synchronized (numbers) {
                me = numbers.removeLast();
            }
            for (int round = 1; round <= 10; round++) {
                long seq = 100L * round + me;
                if (me == 0) {
                    log.saveMessage(room, at(seq), NOON, saidInsteadOf(prompt, turn + "edit" + round));
                } else if (me == 1) {
                    log.finishAnswer(room, finished(turn, turn + round, prompt, "end", Outcome.COMPLETE), "n1");
                } else {
                    log.saveTexts(
                            branches.stream()
                                    .map(branch -> new LiveText(branch.id(), at(seq), "so far " + seq))
                                    .toList()
                                    .reversed(),
                            "n1");
                }
            }
            return Optional.of(me);
        });

        assertThat(ids(10)).containsExactly(turn + "edit10");
        for (int i = 0; i < 20; i++) {
            Stored stored = log.message(room, turn + i).orElseThrow();
            boolean ended = i >= 1 && i <= 10;
            assertThat(stored.live()).isEqualTo(!ended);
            assertThat(stored.message().text()).isEqualTo(ended ? "end" : "so far 1003");
        }
    }

    @Test
    void forgets_a_deleted_room_wholly() {
        log.saveMessage(room, at(0), NOON, said(prompt, "ask"));
        log.beginAnswers(room, at(1), NOON, turn(turn, prompt, branch(answer)), "n1");
        JdbiRoomStore rooms = new JdbiRoomStore(database);
        rooms.delete(room);
        rooms.create(Room.conversation(room, "", "", NOON, NOON), "ada");

        assertThat(log.messages(room, 10)).isEmpty();
        assertThat(orphansHere(List.of())).isEmpty();
        assertThat(log.nextEpoch(room)).isEqualTo(1);
    }

    private List<String> ids(int limit) {
        return log.messages(room, limit).stream()
                .map(stored -> stored.message().id())
                .toList();
    }

    private List<String> orphansHere(List<String> alive) {
        return log.orphans(alive).stream()
                .filter(orphan -> orphan.room().equals(room))
                .map(orphan -> orphan.answer().message().id())
                .toList();
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        }
    }
}
