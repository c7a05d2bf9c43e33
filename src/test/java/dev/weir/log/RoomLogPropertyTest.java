package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Cursor;
import dev.weir.event.Outcome;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is written and however it is read, every reader ends with exactly the conversation. */
class RoomLogPropertyTest {

    /** Tails that break are what this test is about; they need not be told. */
    private static final Logger QUIET = Logger.getLogger(RoomTail.class.getName());

    static {
        QUIET.setLevel(Level.OFF);
    }

    enum Kind {
        SAY,
        ASK,
        DELTA,
        FLUSH,
        FINISH,
        EDIT,
        REGENERATE,
        SAVE,
        ANNOUNCE,
        PUMP,
        READ,
        READ_ALL,
        READ_WHILE,
        JOIN,
        JUMP,
        FILL,
        REOPEN,
        RETIRE,
        CRASH
    }

    record Step(Kind kind, int a, int b) {}

    @Property(tries = 400)
    void every_reader_ends_with_exactly_the_conversation(@ForAll("steps") List<Step> steps) {
        LogWorld world = new LogWorld(32);
        world.join(0);
        world.join(1);
        for (Step step : steps) {
            carryOut(world, step);
        }
        world.settle();
        world.pumpAll();
        world.join(0);
        world.join(1);
        for (LogWorld.Reader reader : world.readers) {
            world.readAll(reader);
            assertThat(reader.view.conversation()).isEqualTo(world.reference.conversation());
        }
    }

    private static void carryOut(LogWorld world, Step step) {
        switch (step.kind()) {
            case SAY -> world.say();
            case ASK -> world.ask();
            case DELTA -> world.delta(step.a());
            case FLUSH -> world.flush(step.a());
            case FINISH -> world.finish(step.a(), step.b() % 2 == 0 ? Outcome.COMPLETE : Outcome.STOPPED);
            case EDIT -> world.edit(step.a());
            case REGENERATE -> world.regenerate(step.a());
            case SAVE -> world.unsaved(1 + step.a() % 3);
            case ANNOUNCE -> world.announce(1);
            case PUMP -> world.pump(step.a(), 1 + step.b() % 5);
            case READ -> world.read(reader(world, step));
            case READ_ALL -> world.readAll(reader(world, step));
            case READ_WHILE -> {
                world.duringRead = () -> carryOut(world, meanwhile(step));
                world.read(reader(world, step));
                world.duringRead = () -> {};
            }
            case JOIN -> {
                if (world.readers.size() < 8) {
                    world.join(step.a());
                }
            }
            case JUMP -> jump(world, step);
            case FILL -> world.fill(1 + step.a() % 40);
            case REOPEN -> world.node(step.a()).reopen();
            case RETIRE -> world.retire();
            case CRASH -> world.crash(step.a() % 2 == 0);
        }
    }

    private static Step meanwhile(Step step) {
        List<Kind> writes = List.of(
                Kind.SAY, Kind.ASK, Kind.DELTA, Kind.FINISH, Kind.EDIT, Kind.REGENERATE, Kind.SAVE, Kind.ANNOUNCE);
        return new Step(writes.get(step.b() % writes.size()), step.a(), step.b());
    }

    private static LogWorld.Reader reader(LogWorld world, Step step) {
        return world.readers.get(step.a() % world.readers.size());
    }

    /** A client comes with a cursor from long ago, of another life of the room, or one that is not there yet. */
    private static void jump(LogWorld world, Step step) {
        LogWorld.Reader reader = reader(world, step);
        reader.view
                .cursor()
                .ifPresent(at -> reader.view.moveTo(
                        switch (step.b() % 4) {
                            case 0 -> new Cursor(Math.max(0, at.epoch() - 1), at.seq());
                            case 1 -> new Cursor(at.epoch() + 1000, at.seq());
                            case 2 -> at.plus(1_000_000);
                            default -> Cursor.START;
                        }));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var kinds = Arbitraries.frequency(
                Tuple.of(4, Kind.SAY),
                Tuple.of(5, Kind.ASK),
                Tuple.of(12, Kind.DELTA),
                Tuple.of(2, Kind.FLUSH),
                Tuple.of(4, Kind.FINISH),
                Tuple.of(2, Kind.EDIT),
                Tuple.of(2, Kind.REGENERATE),
                Tuple.of(4, Kind.SAVE),
                Tuple.of(3, Kind.ANNOUNCE),
                Tuple.of(10, Kind.PUMP),
                Tuple.of(8, Kind.READ),
                Tuple.of(2, Kind.READ_ALL),
                Tuple.of(3, Kind.READ_WHILE),
                Tuple.of(2, Kind.JOIN),
                Tuple.of(2, Kind.JUMP),
                Tuple.of(2, Kind.FILL),
                Tuple.of(1, Kind.REOPEN),
                Tuple.of(1, Kind.RETIRE),
                Tuple.of(1, Kind.CRASH));
        var numbers = Arbitraries.integers().between(0, 63);
        return Combinators.combine(kinds, numbers, numbers).as(Step::new).list().ofMaxSize(100);
    }
}
