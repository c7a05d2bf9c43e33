package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private final LogWorld world = new LogWorld(2048);

    private List<ClientView.Shown> joined() {
        LogWorld.Reader reader = world.join(0);
        world.readAll(reader);
        assertThat(reader.view.conversation()).isEqualTo(world.reference.conversation());
        return reader.view.conversation();
    }

    @Test
    void leaves_out_what_followed_an_edited_message_of_long_ago() {
        for (int i = 0; i < 100; i++) {
            world.say();
        }
        world.edit(3);
        world.pumpAll();

        assertThat(joined()).hasSize(4);
        world.settle();
        assertThat(joined()).hasSize(4);
    }

    @Test
    void leaves_out_what_followed_an_edited_message_of_an_earlier_life() {
        world.say();
        world.retire();
        world.say();
        world.ask();
        world.delta(0);
        world.settle();
        world.finish(0, Outcome.COMPLETE);
        world.edit(0);
        world.pumpAll();

        assertThat(joined()).hasSize(1);
    }

    @Test
    void shows_an_answer_in_its_place_while_it_is_written() {
        world.say();
        world.ask();
        world.settle();
        world.delta(0);
        world.say();
        world.pumpAll();

        assertThat(joined()).extracting(ClientView.Shown::live).containsExactly(false, true, false);
    }

    @Test
    void shows_an_answer_as_being_written_until_its_end_is_told() {
        world.say();
        world.ask();
        world.settle();
        world.delta(0);
        world.finish(0, Outcome.COMPLETE);
        world.pumpAll();

        assertThat(joined().getLast().live()).isTrue();
        world.settle();
        world.pumpAll();
        assertThat(joined().getLast().live()).isFalse();
    }

    @Test
    void says_when_older_messages_were_left_out() {
        for (int i = 0; i < Snapshot.MESSAGES; i++) {
            world.say();
        }
        world.settle();
        world.pumpAll();
        assertThat(snapshot().path("earlier").asBoolean()).isFalse();

        world.say();
        world.settle();
        world.pumpAll();
        assertThat(snapshot().path("earlier").asBoolean()).isTrue();
        assertThat(snapshot().path("events").findValuesAsText("id"))
                .contains("m1", "m" + Snapshot.MESSAGES)
                .doesNotContain("m0");
    }

    private com.fasterxml.jackson.databind.JsonNode snapshot() {
        var next = world.node(0).next(dev.weir.event.Cursor.START);
        return ClientView.read(((RoomHandle.Next.Ready) next).frame().json());
    }
}
