package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.identity.User;
import dev.weir.room.Command.Ack;
import dev.weir.room.CommandMemory.Claim;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A command that comes to this node when another may have carried it out. */
class CommandsTest {

    private static final User ADA = new User("u1", "ada", "Ada", "org", Set.of());
    private static final Command PROMPT = new Command.Prompt("Hello", Optional.empty());
    private static final Ack ACK = new Ack("t1", "m1");

    private final Deque<Claim> claims = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private boolean refusing;
    private boolean broken;
    private boolean takesPart = true;
    private boolean unreachable;

    private final CommandMemory memory = new CommandMemory() {
        @Override
        public Claim claim(String key) {
            return claims.isEmpty() ? new Claim.Mine(false) : claims.remove();
        }

        @Override
        public void keep(String key, Ack ack) {
            told.add("keep " + ack.turn());
            if (unreachable) {
                throw new IllegalStateException("This node has left the cluster.");
            }
        }

        @Override
        public void release(String key) {
            told.add("release");
        }
    };

    private final Asking asking = new Asking() {
        @Override
        public Ack perform(User caller, String room, Command command, Attempt attempt) {
            told.add("perform");
            attempts.add(attempt);
            if (broken) {
                throw new IllegalStateException("This node has left the cluster.");
            }
            if (refusing) {
                throw new Refusal(Refusal.Code.CONFLICT, "Not now.");
            }
            return ACK;
        }
    };

    private final Commands commands = new Commands(asking, memory, () -> takesPart);

    @Test
    void tells_the_others_what_was_carried_out() {
        assertThat(commands.perform(ADA, "r", "1", PROMPT)).isEqualTo(ACK);

        assertThat(told).containsExactly("perform", "keep t1");
    }

    @Test
    void gives_the_answer_of_the_node_that_carried_it_out() {
        claims.add(new Claim.Done(new Ack("t2", "m2")));

        assertThat(commands.perform(ADA, "r", "1", PROMPT)).isEqualTo(new Ack("t2", "m2"));
        assertThat(told).isEmpty();
    }

    @Test
    void waits_for_the_node_that_is_carrying_it_out() {
        claims.add(new Claim.UnderWay());
        claims.add(new Claim.Done(ACK));

        assertThat(commands.perform(ADA, "r", "1", PROMPT)).isEqualTo(ACK);
        assertThat(told).isEmpty();
    }

    @Test
    void carries_it_out_when_the_other_node_has_died_meanwhile() {
        claims.add(new Claim.UnderWay());

        commands.perform(ADA, "r", "1", PROMPT);

        assertThat(told).containsExactly("perform", "keep t1");
    }

    @Test
    void gives_a_refused_command_back() {
        refusing = true;

        assertThatThrownBy(() -> commands.perform(ADA, "r", "1", PROMPT)).isInstanceOf(Refusal.class);
        assertThat(told).containsExactly("perform", "release");
    }

    @Test
    void sends_what_fails_at_a_node_that_leaves_to_another_one() {
        broken = true;
        takesPart = false;

        assertThatThrownBy(() -> commands.perform(ADA, "r", "1", PROMPT))
                .isInstanceOfSatisfying(
                        Refusal.class, it -> assertThat(it.code()).isEqualTo(Refusal.Code.MOVING));
        assertThat(told).containsExactly("perform", "release");
        takesPart = true;
        assertThatThrownBy(() -> commands.perform(ADA, "r", "1", PROMPT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_was_done_is_done_also_when_nobody_can_be_told() {
        unreachable = true;

        assertThat(commands.perform(ADA, "r", "1", PROMPT)).isEqualTo(ACK);
        assertThat(commands.perform(ADA, "r", "1", PROMPT)).isEqualTo(ACK);
        assertThat(told).containsExactly("perform", "keep t1");
    }

    @Test
    void does_not_ask_others_about_what_may_be_done_twice() {
        commands.perform(ADA, "r", "1", new Command.Stop("t1"));
        commands.perform(ADA, "r", "2", new Command.Typing());

        assertThat(told).containsExactly("perform", "perform");
    }

    @Test
    void every_attempt_at_a_command_makes_the_same_message_and_turn() {
        refusing = true;
        assertThatThrownBy(() -> commands.perform(ADA, "r", "1", PROMPT)).isInstanceOf(Refusal.class);
        refusing = false;
        claims.add(new Claim.Mine(true));
        commands.perform(ADA, "r", "1", PROMPT);

        assertThat(attempts).extracting(Attempt::seek).containsExactly(Attempt.Seek.DATABASE, Attempt.Seek.EVERYWHERE);
        assertThat(attempts.get(1).message()).isEqualTo(attempts.get(0).message());
        assertThat(attempts.get(1).turn()).isEqualTo(attempts.get(0).turn());
    }

    @Test
    void another_command_makes_another_message_and_turn() {
        User ben = new User("u2", "ben", "Ben", "org", Set.of());
        Command other = new Command.Prompt("Hello!", Optional.empty());
        commands.perform(ADA, "r", "1", PROMPT);
        commands.perform(ADA, "r", "2", PROMPT);
        commands.perform(ADA, "s", "1", PROMPT);
        commands.perform(ben, "r", "1", PROMPT);
        new Commands(asking, memory, () -> takesPart).perform(ADA, "r", "1", other);

        assertThat(attempts).extracting(Attempt::message).doesNotHaveDuplicates();
        assertThat(attempts).extracting(Attempt::turn).doesNotHaveDuplicates();
    }
}
