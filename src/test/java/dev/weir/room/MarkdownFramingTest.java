package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MarkdownFramingTest {

    private static final String[] PIECES = {
        "Wor",
        "d ",
        "\n",
        "\n\n",
        "- item\n",
        "# Head\n",
        "```java\n",
        "```\n",
        "| a | b |\n| - | - |\n",
        "| 1 | 2 |\n",
        "> ",
        "  ",
        "1. ",
        "[a]: /b\n",
        "*x*",
        "\r",
        "\ud83d",
        "\ude00"
    };

    @Property(tries = 500)
    void a_client_that_comes_and_goes_gets_every_block_once(@ForAll("steps") List<Consumer<FramedRoom>> steps) {
        FramedRoom room = new FramedRoom(24);
        steps.forEach(it -> it.accept(room));
        room.readAll();
        room.checkCaughtUp();
    }

    @Property(tries = 200)
    void and_without_a_snapshot_where_the_log_reaches(@ForAll("steps") List<Consumer<FramedRoom>> steps) {
        FramedRoom room = new FramedRoom(10_000);
        room.read();
        steps.forEach(it -> {
            it.accept(room);
            room.comeBack(false);
        });
        room.readAll();
        room.checkCaughtUp();
        assertThat(room.snapshots).isEqualTo(room.joins + 1);
    }

    @Provide
    Arbitrary<List<Consumer<FramedRoom>>> steps() {
        Arbitrary<Consumer<FramedRoom>> write = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(4).map(it -> String.join("", it)))
                .as((which, text) -> room -> room.write(which, text));
        Arbitrary<Consumer<FramedRoom>> ask =
                Arbitraries.integers().between(1, 2).map(it -> room -> room.ask(it));
        Arbitrary<Consumer<FramedRoom>> finish = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(Outcome.COMPLETE, Outcome.STOPPED, Outcome.BLOCKED, Outcome.SUPERSEDED))
                .as((which, outcome) -> room -> room.finish(which, outcome));
        Arbitrary<Consumer<FramedRoom>> others = Arbitraries.of(List.of(
                FramedRoom::notice,
                FramedRoom::read,
                FramedRoom::read,
                FramedRoom::readAll,
                room -> room.comeBack(false),
                room -> room.comeBack(false),
                room -> room.comeBack(true)));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(12, write),
                        net.jqwik.api.Tuple.of(2, ask),
                        net.jqwik.api.Tuple.of(1, finish),
                        net.jqwik.api.Tuple.of(8, others))
                .list()
                .ofMaxSize(120);
    }

    @Test
    void there_are_two_kinds_of_frames() {
        assertThat(Frames.of(Optional.empty())).isEqualTo(Frames.PLAIN);
        assertThat(Frames.of(Optional.of(""))).isEqualTo(Frames.PLAIN);
        assertThat(Frames.of(Optional.of("markdown"))).isEqualTo(Frames.MARKDOWN);
        assertThatThrownBy(() -> Frames.of(Optional.of("html"))).isInstanceOf(Refusal.class);
    }
}
