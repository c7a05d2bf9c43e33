package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.log.ColdLog;
import dev.weir.log.ColdLog.LiveText;
import dev.weir.log.ColdLog.Stored;
import dev.weir.log.MemoryColdLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is kept, in whatever order, once or again, the database gives back what a simple list in memory does. */
abstract class ColdLogProperties {

    private static final List<String> NODES = List.of("n1", "n2");

    private final Database database;

    ColdLogProperties(Engine engine) {
        database = engine.shared();
    }

    enum Kind {
        EPOCH,
        SAY,
        SAY_INSTEAD,
        BEGIN,
        BEGIN_INSTEAD,
        TEXT,
        FINISH,
        TAKE_OVER,
        LATE,
        AGAIN
    }

    record Step(Kind kind, int a, int b) {}

    @Property(tries = 60)
    void is_as_a_list_in_memory(@ForAll("steps") List<Step> steps) {
        World world = new World();
        for (Step step : steps) {
            world.carryOut(step);
            world.compare();
        }
        world.late(100);
        world.compare();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var kinds = Arbitraries.frequency(
                Tuple.of(1, Kind.EPOCH),
                Tuple.of(6, Kind.SAY),
                Tuple.of(2, Kind.SAY_INSTEAD),
                Tuple.of(6, Kind.BEGIN),
                Tuple.of(2, Kind.BEGIN_INSTEAD),
                Tuple.of(8, Kind.TEXT),
                Tuple.of(6, Kind.FINISH),
                Tuple.of(3, Kind.TAKE_OVER),
                Tuple.of(4, Kind.LATE),
                Tuple.of(4, Kind.AGAIN));
        var numbers = Arbitraries.integers().between(0, 31);
        return Combinators.combine(kinds, numbers, numbers)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    private record Branch(String id, String turn, String prompt) {}

    private final class World {
        private final String room = Samples.newRoom(database);
        private final ColdLog real = new JdbiColdLog(database);
        private final ColdLog model = new MemoryColdLog();
        private final String mark = Ids.next();
        private final List<String> messages = new ArrayList<>();
        private final List<Branch> branches = new ArrayList<>();

        /** Every other person's message is kept later than what follows it. */
        private final List<Consumer<ColdLog>> waiting = new ArrayList<>();

        private final List<Consumer<ColdLog>> done = new ArrayList<>();
        private long epoch = 1;
        private long seq;
        private int names;

        void carryOut(Step step) {
            switch (step.kind()) {
                case EPOCH -> nextEpoch();
                case SAY -> say(Optional.empty(), step.a() % 3 == 0);
                case SAY_INSTEAD -> any(messages, step.a()).ifPresent(it -> say(Optional.of(it), step.b() % 3 == 0));
                case BEGIN -> any(messages, step.a()).ifPresent(it -> begin(it, 1 + step.b() % 2, Optional.empty()));
                case BEGIN_INSTEAD ->
                    any(branches, step.a()).ifPresent(it -> begin(it.prompt(), 1, Optional.of(it.id())));
                case TEXT -> any(branches, step.a()).ifPresent(it -> text(it, step.b()));
                case FINISH -> any(branches, step.a()).ifPresent(it -> finish(it, step.b()));
                case TAKE_OVER -> any(branches, step.a()).ifPresent(it -> takeOver(it, step.b()));
                case LATE -> late(1 + step.a() % 2);
                case AGAIN -> any(done, step.a()).ifPresent(this::both);
            }
        }

        private <T> Optional<T> any(List<T> of, int number) {
            return of.isEmpty() ? Optional.empty() : Optional.of(of.get(number % of.size()));
        }

        private void both(Consumer<ColdLog> write) {
            write.accept(real);
            write.accept(model);
        }

        private void keep(Consumer<ColdLog> write) {
            both(write);
            done.add(write);
        }

        void late(int most) {
            for (int i = 0; i < most && !waiting.isEmpty(); i++) {
                keep(waiting.removeFirst());
            }
        }

        private void nextEpoch() {
            assertThat(real.nextEpoch(room)).isEqualTo(model.nextEpoch(room));
            epoch++;
            seq = 0;
        }

        private Cursor next() {
            return new Cursor(epoch, seq++);
        }

        private void say(Optional<String> replaces, boolean later) {
            String id = mark + "m" + names++;
            Cursor place = next();
            var message = new Event.Message(id, Samples.ADA, "Said " + id, replaces, Optional.empty());
            Consumer<ColdLog> write = it -> it.saveMessage(room, place, NOON, message);
            messages.add(id);
            if (later) {
                waiting.add(write);
            } else {
                keep(write);
            }
        }

        private void begin(String prompt, int count, Optional<String> replaces) {
            String turn = mark + "t" + names++;
            Cursor place = next();
            List<Event.Branch> announced = IntStream.range(0, count)
                    .mapToObj(i -> new Event.Branch(mark + "b" + names++, Samples.FAST, replaces))
                    .toList();
            var started = new Event.TurnStarted(turn, prompt, Samples.ADA, announced, List.of());
            announced.forEach(it -> branches.add(new Branch(it.id(), turn, prompt)));
            keep(it -> it.beginAnswers(room, place, NOON, started, NODES.getFirst()));
        }

        private void text(Branch branch, int number) {
            long through = number % 5 == 0 ? Math.max(0, seq - 3) : seq++;
            var text = new LiveText(branch.id(), new Cursor(epoch, through), "So far " + names++);
            String node = NODES.get(number % 2);
            keep(it -> it.saveTexts(List.of(text), node));
        }

        private void finish(Branch branch, int number) {
            Outcome outcome = number % 3 == 0 ? Outcome.STOPPED : Outcome.COMPLETE;
            var message = Samples.finished(branch.turn(), branch.id(), branch.prompt(), "Whole " + names++, outcome);
            String node = NODES.get(number % 2);
            keep(it -> it.finishAnswer(room, message, node));
        }

        private void takeOver(Branch branch, int number) {
            String to = NODES.get(number % 2);
            assertThat(real.takeOver(branch.id(), List.of(to), to))
                    .isEqualTo(model.takeOver(branch.id(), List.of(to), to));
        }

        void compare() {
            for (int limit : new int[] {1, 3, 1000}) {
                assertThat(lines(real.messages(room, limit))).isEqualTo(lines(model.messages(room, limit)));
            }
            for (Branch branch : branches) {
                assertThat(real.message(room, branch.id()).map(this::line))
                        .isEqualTo(model.message(room, branch.id()).map(this::line));
            }
            for (List<String> alive : List.of(List.<String>of(), List.of("n1"), List.of("n2"), NODES)) {
                assertThat(orphans(real, alive)).containsExactlyInAnyOrderElementsOf(orphans(model, alive));
            }
        }

        private List<String> orphans(ColdLog log, List<String> alive) {
            return log.orphans(alive).stream()
                    .filter(it -> it.room().equals(room))
                    .map(it -> it.node() + " " + line(it.answer()))
                    .toList();
        }

        private List<String> lines(List<Stored> stored) {
            return stored.stream().map(this::line).toList();
        }

        /** Everything but the moment, which the database makes of the beginning and the time that it took. */
        private String line(Stored stored) {
            Event.Message message = stored.message();
            return "%s %s %s %s %s %s %s"
                    .formatted(
                            stored.place(),
                            message.id(),
                            message.from(),
                            message.text(),
                            message.replaces(),
                            message.answer(),
                            stored.live() ? "live " + stored.through() : "");
        }
    }
}
