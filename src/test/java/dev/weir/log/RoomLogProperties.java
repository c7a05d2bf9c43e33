package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.log.RoomHandle.Next;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.awaitility.Awaitility;

/** On real hot tails and a real database: whatever is written at whichever node, every reader ends with the conversation. */
public abstract class RoomLogProperties {

    /** The most events of a hot tail: few, so that readers fall behind. */
    protected static final int CAPACITY = 24;

    private static final Member ADA = Member.person("ada", "Ada");
    private static final Member FAST = Member.model("fast", "Fast");
    private static final String NODE = "n1";

    enum Kind {
        SAY,
        BEGIN,
        DELTA,
        FLUSH,
        FINISH,
        EDIT,
        READ,
        JOIN,
        LEAVE,
        RENEW
    }

    record Step(Kind kind, int a, int b) {}

    /** A new room in the database. */
    protected abstract String room();

    protected abstract ColdLog cold();

    /** Each node's view of the same tails. */
    protected abstract List<HotTail> tails(ColdLog cold);

    @Property(tries = 15)
    void every_reader_ends_with_exactly_the_conversation(@ForAll("steps") List<Step> steps) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            World world = new World(threads);
            steps.forEach(world::carryOut);
            world.end();
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var kinds = Arbitraries.frequency(
                Tuple.of(5, Kind.SAY),
                Tuple.of(5, Kind.BEGIN),
                Tuple.of(14, Kind.DELTA),
                Tuple.of(2, Kind.FLUSH),
                Tuple.of(4, Kind.FINISH),
                Tuple.of(2, Kind.EDIT),
                Tuple.of(6, Kind.READ),
                Tuple.of(3, Kind.JOIN),
                Tuple.of(1, Kind.LEAVE),
                Tuple.of(1, Kind.RENEW));
        var numbers = Arbitraries.integers().between(0, 31);
        return Combinators.combine(kinds, numbers, numbers)
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    /** An answer being written. */
    private static final class Live {
        final String turn = Ids.next();
        final String id = Ids.next();
        final String prompt;
        String text = "";
        Cursor through = Cursor.START;

        Live(String prompt) {
            this.prompt = prompt;
        }
    }

    private static final class Reader {
        final RoomLog log;
        final ClientView view = new ClientView();
        RoomHandle handle;

        Reader(RoomLog log, String room) {
            this.log = log;
            this.handle = log.open(room);
        }
    }

    private final class World {
        private final String room = room();
        private final ColdLog cold = cold();
        private final List<RoomLog> logs = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();
        private final List<Live> live = new ArrayList<>();
        private final List<String> said = new ArrayList<>();
        private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        private int sinceSaved;
        private int names;

        World(ExecutorService threads) {
            for (HotTail hot : tails(cold)) {
                logs.add(new RoomLog(hot, cold, InstantSource.fixed(now), threads, Duration.ZERO));
            }
            join(0);
            join(1);
        }

        void carryOut(Step step) {
            switch (step.kind()) {
                case SAY -> say(Optional.empty());
                case BEGIN -> begin(step.a());
                case DELTA -> any(step.a()).ifPresent(this::delta);
                case FLUSH -> flush();
                case FINISH -> any(step.a()).ifPresent(this::finish);
                case EDIT -> edit(step.a());
                case READ -> read(readers.get(step.a() % readers.size()), 1 + step.b() % 3);
                case JOIN -> join(step.a());
                case LEAVE -> leave(readers.get(step.a() % readers.size()));
                case RENEW -> renew(step.a());
            }
        }

        private Optional<Live> any(int number) {
            return live.isEmpty() ? Optional.empty() : Optional.of(live.get(number % live.size()));
        }

        private Cursor append(Event... events) {
            sinceSaved += events.length;
            if (sinceSaved > CAPACITY / 4) {
                flush();
            }
            RoomLog log = logs.get(names++ % logs.size());
            return log.append(room, now, List.of(events)).toCompletableFuture().join();
        }

        private void say(Optional<String> replaces) {
            var message = new Event.Message(Ids.next(), ADA, "Said " + names, replaces, Optional.empty());
            Cursor place = append(message);
            cold.saveMessage(room, place, now, message);
            said.add(message.id());
        }

        private void begin(int number) {
            if (said.isEmpty() || live.size() > 3) {
                return;
            }
            Live answer = new Live(said.get(number % said.size()));
            var branch = new Event.Branch(answer.id, FAST, Optional.empty());
            var started = new Event.TurnStarted(answer.turn, answer.prompt, ADA, List.of(branch), List.of());
            Cursor place = append(started);
            cold.beginAnswers(room, place, now, started, NODE);
            answer.through = place.plus(1);
            live.add(answer);
        }

        private void delta(Live answer) {
            String text = "d" + names + " ";
            answer.through =
                    append(new Event.Delta(answer.turn, answer.id, text)).plus(1);
            answer.text += text;
        }

        private void flush() {
            sinceSaved = 0;
            cold.saveTexts(
                    live.stream()
                            .map(it -> new ColdLog.LiveText(it.id, it.through, it.text))
                            .toList(),
                    NODE);
        }

        private void finish(Live answer) {
            live.remove(answer);
            var usage = new Usage(1, 2, 3, true);
            var timing = new Timing(4, 5);
            var ended = new Event.Answer(answer.turn, answer.prompt, "fast", Outcome.COMPLETE, "", usage, timing);
            var message = new Event.Message(answer.id, FAST, answer.text, Optional.empty(), Optional.of(ended));
            cold.finishAnswer(room, message, NODE);
            append(message, new Event.TurnEnded(answer.turn, answer.id, Outcome.COMPLETE, "", usage, timing));
        }

        /** As the product does it: what is being written ends first. */
        private void edit(int number) {
            List.copyOf(live).forEach(this::finish);
            List<String> standing = cold.messages(room, 1000).stream()
                    .map(it -> it.message())
                    .filter(it -> it.answer().isEmpty())
                    .map(Event.Message::id)
                    .toList();
            if (!standing.isEmpty()) {
                say(Optional.of(standing.get(number % standing.size())));
            }
        }

        private void renew(int node) {
            List.copyOf(live).forEach(this::finish);
            logs.get(node % logs.size()).renew(room);
            logs.forEach(it -> it.reopen(room));
        }

        private void join(int node) {
            if (readers.size() < 6) {
                readers.add(new Reader(logs.get(node % logs.size()), room));
            }
        }

        /** Comes back with its cursor. */
        private void leave(Reader reader) {
            reader.handle.close();
            reader.handle = reader.log.open(room);
        }

        private boolean read(Reader reader, int frames) {
            boolean any = false;
            for (int i = 0; i < frames; i++) {
                if (reader.handle.next(reader.view.cursor().orElse(Cursor.START), () -> "")
                        instanceof Next.Ready ready) {
                    reader.view.take(ready.frame().json());
                    any = true;
                }
            }
            return any;
        }

        void end() {
            List.copyOf(live).forEach(this::finish);
            List<String> expected = cold.messages(room, 1000).stream()
                    .map(it -> it.message().id() + " " + it.message().text())
                    .toList();
            for (Reader reader : readers) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .untilAsserted(() -> {
                            read(reader, 200);
                            assertThat(reader.view.conversation().stream()
                                            .map(it -> it.id() + " " + it.text())
                                            .toList())
                                    .isEqualTo(expected);
                        });
                reader.handle.close();
            }
        }
    }
}
