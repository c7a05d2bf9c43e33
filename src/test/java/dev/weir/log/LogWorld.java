package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.log.RoomHandle.Next;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * One room on two nodes, written as the turns and the rooms write it: hot first or cold first in the order that they
 * keep, but with any delay between the two, and with readers that see as little of it at a time as the test likes. The
 * {@link #reference} has seen every event in its order.
 */
final class LogWorld {

    static final String ROOM = "r";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Member ADA = Member.person("ada", "Ada");
    private static final Member FAST = Member.model("fast", "Fast");
    private static final Usage USAGE = new Usage(1, 2, 3, true);
    private static final Timing TIMING = new Timing(4, 5);

    /** A node: its view of the room, and its threads. */
    final class Node {
        final Steps steps = new Steps();
        final HotTail hot;
        OpenRoom room;

        Node(HotTail hot) {
            this.hot = hot;
            this.room = fresh();
        }

        private OpenRoom fresh() {
            var writes = new ColdWrites(cold, steps, Duration.ZERO);
            OpenRoom open = new OpenRoom(
                    ROOM, hot, cold, InstantSource.fixed(NOON), steps, LogObserver.NONE, writes, new LongAdder());
            steps.atOnce(open::retain);
            return open;
        }

        Next next(Cursor from) {
            reading = Optional.of(this);
            try {
                return steps.atOnce(() -> room.next(from, () -> ""));
            } finally {
                reading = Optional.empty();
            }
        }

        /** The last user leaves and comes back. */
        void reopen() {
            leave();
            room = fresh();
        }

        void leave() {
            room.release();
            room.closeIfUnused();
        }
    }

    /** An answer being written. */
    private final class Writing {
        final String turn;
        final String id;
        final String prompt;
        final Optional<String> replaces;
        String text;
        Cursor through;

        Writing(String turn, String id, String prompt, Optional<String> replaces, Cursor started) {
            this.turn = turn;
            this.id = id;
            this.prompt = prompt;
            this.replaces = replaces;
            this.text = "";
            this.through = started.plus(1);
        }

        void delta(String delta) {
            Cursor at = append(new Event.Delta(turn, id, delta));
            text += delta;
            through = at.plus(1);
        }

        void save() {
            cold.saveTexts(List.of(new ColdLog.LiveText(id, through, text)), "n");
        }

        Event.Message message(Outcome outcome) {
            var answer = new Event.Answer(turn, prompt, "fast", outcome, "", USAGE, TIMING);
            return new Event.Message(id, FAST, text, replaces, Optional.of(answer));
        }

        void end(Outcome outcome) {
            text += outcome == Outcome.COMPLETE ? "." : "";
            Event.Message message = message(outcome);
            cold.finishAnswer(ROOM, message, "n");
            live.remove(this);
            var ended = new Event.TurnEnded(turn, id, outcome, "", USAGE, TIMING);
            var idle = new Event.Presence(FAST, Event.Presence.State.IDLE);
            unannounced.add(() -> {
                if (outcome == Outcome.SUPERSEDED) {
                    append(ended, idle);
                } else {
                    append(message, ended, idle);
                }
            });
        }
    }

    /** A client: on one of the nodes, or for the moment on none. */
    static final class Reader {
        final int node;
        final ClientView view = new ClientView();

        Reader(int node) {
            this.node = node;
        }
    }

    final MemoryColdLog cold = new MemoryColdLog();
    final ClientView reference = new ClientView();
    final List<Reader> readers = new ArrayList<>();
    private final int capacity;
    private List<Node> nodes;
    private final List<Writing> live = new ArrayList<>();
    private final List<Runnable> unsaved = new ArrayList<>();
    private final List<Runnable> unannounced = new ArrayList<>();
    private Optional<Node> reading = Optional.empty();
    private Node writer;
    private boolean interrupted;
    Runnable duringRead = () -> {};
    private int names;
    private long sinceSaved;

    LogWorld(int capacity) {
        this.capacity = capacity;
        this.nodes = start();
        this.writer = nodes.get(0);
        cold.after = this::duringRead;
    }

    private List<Node> start() {
        MemoryHotTail hot = new MemoryHotTail(capacity, cold);
        return List.of(new Node(hot), new Node(hot.otherNode()));
    }

    Node node(int number) {
        return nodes.get(number % nodes.size());
    }

    /** Between the read of the cold log and the fold: things happen, and the tail moves when it has to. */
    private void duringRead(String call) {
        if (reading.isEmpty() || interrupted || !call.equals("messages")) {
            return;
        }
        Node node = reading.get();
        Runnable now = duringRead;
        duringRead = () -> {};
        interrupted = true;
        writer = nodes.get(node == nodes.get(0) ? 1 : 0);
        node.steps.later(now);
        node.steps.runAll();
        interrupted = false;
    }

    private Cursor append(Event... events) {
        // What is durable is never further behind than the hot tail reaches: the product flushes twice a second.
        sinceSaved += events.length;
        if (sinceSaved > capacity / 4) {
            saveAll();
        }
        Node node = reading.isEmpty() ? nodes.get(names % 2) : writer;
        node.steps.atOnce(node.room::tail);
        Cursor at;
        try {
            at = node.room.append(List.of(events)).toCompletableFuture().getNow(Cursor.START);
        } catch (RuntimeException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < events.length; i++) {
            reference.event(ClientView.read(EventJson.numbered(at.seq() + i, EventJson.write(NOON, events[i]))));
        }
        return at;
    }

    private void saveAll() {
        sinceSaved = 0;
        unsaved(1000);
        live.forEach(Writing::save);
    }

    private String name(String prefix) {
        return prefix + names++;
    }

    void say() {
        say(Optional.empty());
    }

    private void say(Optional<String> replaces) {
        var message = new Event.Message(name("m"), ADA, "Question", replaces, Optional.empty());
        Cursor at = append(message, new Event.Presence(ADA, Event.Presence.State.PRESENT));
        unsaved.add(() -> cold.saveMessage(ROOM, at, NOON, message));
    }

    void fill(int events) {
        for (int i = 0; i < events; i++) {
            append(new Event.Notice("", "Filling"));
        }
    }

    void ask() {
        var said = reference.conversation().stream()
                .filter(it -> it.turn().isEmpty())
                .map(ClientView.Shown::id)
                .toList();
        if (!said.isEmpty()) {
            begin(said.getLast(), Optional.empty());
        }
    }

    private void begin(String prompt, Optional<String> replaces) {
        unsaved(1000);
        String turn = name("t");
        String id = name("b");
        var branch = new Event.Branch(id, FAST, replaces);
        var started = new Event.TurnStarted(turn, prompt, ADA, List.of(branch), List.of());
        Cursor at = append(started, new Event.Presence(FAST, Event.Presence.State.THINKING));
        Writing writing = new Writing(turn, id, prompt, replaces, at);
        unsaved.add(() -> {
            cold.beginAnswers(ROOM, at, NOON, started, "n");
            live.add(writing);
        });
    }

    void delta(int which) {
        if (!live.isEmpty()) {
            live.get(which % live.size()).delta(name("d") + " ");
        }
    }

    void flush(int which) {
        if (!live.isEmpty()) {
            live.get(which % live.size()).save();
        }
    }

    void finish(int which, Outcome outcome) {
        if (!live.isEmpty()) {
            live.get(which % live.size()).end(outcome);
        }
    }

    void edit(int which) {
        settle();
        var said = reference.conversation().stream()
                .filter(it -> it.turn().isEmpty())
                .toList();
        if (!said.isEmpty()) {
            String old = said.get(which % said.size()).id();
            supersedeAfter(old);
            say(Optional.of(old));
        }
    }

    void regenerate(int which) {
        settle();
        var answers = reference.conversation().stream()
                .filter(it -> !it.turn().isEmpty() && !it.live())
                .toList();
        if (!answers.isEmpty()) {
            String old = answers.get(which % answers.size()).id();
            supersedeAfter(old);
            begin("m0", Optional.of(old));
        }
    }

    private void supersedeAfter(String old) {
        List<String> ids =
                reference.conversation().stream().map(ClientView.Shown::id).toList();
        List<String> gone = ids.subList(ids.indexOf(old), ids.size());
        List.copyOf(live).stream().filter(it -> gone.contains(it.id)).forEach(it -> it.end(Outcome.SUPERSEDED));
        settle();
    }

    /** Everything that was begun is done. */
    void settle() {
        unsaved(1000);
        announce(1000);
    }

    void unsaved(int most) {
        for (int i = 0; i < most && !unsaved.isEmpty(); i++) {
            unsaved.removeFirst().run();
        }
    }

    void announce(int most) {
        for (int i = 0; i < most && !unannounced.isEmpty(); i++) {
            unannounced.removeFirst().run();
        }
    }

    /** Both nodes end: what was hot is gone, what was being written is cut. */
    void crash(boolean cleanedUp) {
        settle();
        if (cleanedUp) {
            Orphans.end(
                    cold,
                    List.of(),
                    () -> orphan -> false,
                    orphan -> orphan.answer().message());
        }
        live.forEach(it -> {
            it.text = cold.message(ROOM, it.id).orElseThrow().message().text();
            reference.event(ClientView.read(EventJson.write(NOON, it.message(Outcome.INTERRUPTED))));
        });
        live.clear();
        nodes = start();
    }

    /** Everybody leaves: the hot tail is given up. */
    void retire() {
        settle();
        List.copyOf(live).forEach(it -> it.end(Outcome.COMPLETE));
        settle();
        nodes.forEach(Node::leave);
        nodes.forEach(it -> it.room = it.fresh());
    }

    Reader join(int node) {
        Reader reader = new Reader(node);
        readers.add(reader);
        return reader;
    }

    /** One frame; false when there is none. */
    boolean read(Reader reader) {
        Next next = node(reader.node).next(reader.view.cursor().orElse(Cursor.START));
        if (next instanceof Next.Ready ready) {
            reader.view.take(ready.frame().json());
            return true;
        }
        return false;
    }

    void readAll(Reader reader) {
        int frames = 0;
        while (read(reader)) {
            if (++frames > 10_000) {
                throw new AssertionError("This reader never comes to the end.");
            }
        }
    }

    void pump(int node, int most) {
        node(node).steps.run(most);
    }

    void pumpAll() {
        nodes.forEach(it -> it.steps.runAll());
    }
}
