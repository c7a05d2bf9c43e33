package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is done with a hot tail, in whatever order and from whichever node, it is as a simple list in memory. */
public abstract class HotTailProperties {

    protected static final int CAPACITY = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROOMS = 2;

    enum Kind {
        OPEN,
        APPEND,
        READ,
        AWAIT,
        RELEASE,
        RENEW,
        FORGET,
        MOVE
    }

    record Step(Kind kind, int node, int room, int number) {}

    /** The views that the nodes have of the same tails. */
    protected abstract List<HotTail> nodes(ColdLog cold);

    /** Their ids, in the same order; empty when nodes can't be forgotten here. */
    protected List<String> ids() {
        return List.of();
    }

    /** Changes how tails are kept, if this is a kind of tail that does. */
    protected void move() {}

    @Property(tries = 40)
    void is_as_a_list_in_memory(@ForAll("steps") List<Step> steps) {
        World world = new World(nodes(new MemoryColdLog()));
        steps.forEach(world::carryOut);
        world.end();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.OPEN),
                Tuple.of(14, Kind.APPEND),
                Tuple.of(8, Kind.READ),
                Tuple.of(3, Kind.AWAIT),
                Tuple.of(3, Kind.RELEASE),
                Tuple.of(1, Kind.RENEW),
                Tuple.of(2, Kind.FORGET),
                Tuple.of(1, Kind.MOVE));
        var numbers = Arbitraries.integers().between(0, 40);
        return Combinators.combine(kinds, numbers, numbers, numbers)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    private record Reading(int node, long from, CompletableFuture<HotTail.Slice> slice) {}

    /** What a room's tail must be. */
    private static final class Model {
        final String name = Ids.next();
        final Set<Integer> nodes = new HashSet<>();
        final List<Reading> readings = new ArrayList<>();
        List<String> events = new ArrayList<>();
        long epoch;
        long first;

        boolean open() {
            return !nodes.isEmpty();
        }

        long next() {
            return first + events.size();
        }

        void gone() {
            nodes.clear();
            events = new ArrayList<>();
            first = 0;
            readings.forEach(it -> assertThat(it.slice()).failsWithin(PATIENCE));
            readings.clear();
        }
    }

    private final class World {
        private final List<HotTail> tails;
        private final List<Model> models = new ArrayList<>();
        private int names;

        World(List<HotTail> tails) {
            this.tails = tails;
            for (int i = 0; i < ROOMS; i++) {
                models.add(new Model());
            }
        }

        void carryOut(Step step) {
            int node = step.node() % tails.size();
            HotTail tail = tails.get(node);
            Model room = models.get(step.room() % ROOMS);
            boolean usable = room.nodes.contains(node);
            switch (step.kind()) {
                case OPEN -> open(tail, node, room);
                case APPEND -> {
                    if (usable) {
                        append(tail, room, 1 + step.number() % (CAPACITY - 1));
                    }
                }
                case READ -> {
                    if (usable && !room.events.isEmpty()) {
                        read(tail, room, step.number() % room.next(), 1 + step.number() % 5);
                    }
                }
                case AWAIT -> {
                    if (usable) {
                        await(tail, node, room);
                    }
                }
                case RELEASE -> release(tail, node, room, step.number() % 4 == 0);
                case RENEW -> {
                    tail.renew(room.name);
                    room.gone();
                }
                case FORGET -> forget(tail, room, step.number());
                case MOVE -> move();
            }
        }

        private void open(HotTail tail, int node, Model room) {
            if (!room.open()) {
                room.epoch++;
            }
            room.nodes.add(node);
            assertThat(tail.open(room.name)).isEqualTo(new HotTail.Opened(room.epoch, room.first, room.next()));
        }

        private void append(HotTail tail, Model room, int count) {
            List<String> more = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                more.add("{\"n\":" + names++ + "}");
            }
            long before = room.next();
            assertThat(tail.append(room.name, room.epoch, more).toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(before);
            room.events.addAll(more);
            while (room.events.size() > CAPACITY) {
                room.events.removeFirst();
                room.first++;
            }
            room.readings.forEach(it ->
                    assertThat(it.slice()).succeedsWithin(PATIENCE).satisfies(slice -> fits(slice, it.from(), room)));
            room.readings.clear();
        }

        private void read(HotTail tail, Model room, long from, int max) {
            assertThat(tail.read(room.name, room.epoch, from, max).toCompletableFuture())
                    .succeedsWithin(PATIENCE)
                    .satisfies(slice -> {
                        fits(slice, from, room);
                        assertThat(slice.events()).hasSizeLessThanOrEqualTo(max);
                    });
        }

        /** What was overwritten is skipped; the rest is as it was appended. */
        private void fits(HotTail.Slice slice, long from, Model room) {
            assertThat(slice.first()).isGreaterThanOrEqualTo(from);
            assertThat(slice.events()).isNotEmpty();
            long known = Math.max(slice.first(), room.first);
            assertThat(slice.first()).isIn(from, room.first);
            int skipped = (int) (known - slice.first());
            List<String> seen = slice.events()
                    .subList(
                            Math.min(skipped, slice.events().size()),
                            slice.events().size());
            int at = (int) (known - room.first);
            assertThat(seen).isEqualTo(room.events.subList(at, at + seen.size()));
        }

        /** The opening comes after the reading where the tail is kept: when it is done, the reading waits there. */
        private void await(HotTail tail, int node, Model room) {
            CompletableFuture<HotTail.Slice> slice =
                    tail.read(room.name, room.epoch, room.next(), 100).toCompletableFuture();
            open(tail, node, room);
            assertThat(slice).isNotDone();
            room.readings.add(new Reading(node, room.next(), slice));
        }

        private void release(HotTail tail, int node, Model room, boolean another) {
            if (another) {
                tail.release(room.name, room.epoch + 1);
                return;
            }
            tail.release(room.name, room.epoch);
            room.nodes.remove(node);
            if (!room.open()) {
                room.gone();
            } else {
                room.readings.removeIf(it -> it.node() == node);
            }
        }

        private void forget(HotTail tail, Model room, int number) {
            List<String> ids = ids();
            if (ids.isEmpty()) {
                return;
            }
            Set<Integer> alive = new HashSet<>();
            for (int i = 0; i < ids.size(); i++) {
                if ((number >> i) % 2 == 0) {
                    alive.add(i);
                }
            }
            List<String> names = alive.stream().map(ids::get).toList();
            Set<String> left = tail.left(names);
            models.forEach(it -> assertThat(left.contains(it.name)).isEqualTo(!alive.containsAll(it.nodes)));
            boolean was = room.open();
            tail.forget(room.name, names);
            room.nodes.retainAll(alive);
            if (was && !room.open()) {
                room.gone();
            } else {
                room.readings.removeIf(it -> !alive.contains(it.node()));
            }
        }

        /** Everybody reads everything, and goes. */
        void end() {
            for (Model room : models) {
                for (int node : room.nodes.stream().sorted().collect(Collectors.toList())) {
                    HotTail tail = tails.get(node);
                    assertThat(tail.open(room.name)).isEqualTo(new HotTail.Opened(room.epoch, room.first, room.next()));
                    for (long from = room.first; from < room.next(); from += 5) {
                        read(tail, room, from, 5);
                    }
                }
                for (int node : List.copyOf(room.nodes)) {
                    release(tails.get(node), node, room, false);
                }
            }
        }
    }
}
