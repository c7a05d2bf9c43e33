package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import dev.weir.turn.Membership;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine must do. */
abstract class MembershipContract {

    private final Database database;
    private final Membership membership;
    private final String one = Ids.next();
    private final String two = Ids.next();
    private final String three = Ids.next();

    MembershipContract(Engine engine) {
        database = engine.shared();
        membership = new JdbiMembership(database);
        new Installation(database).name();
    }

    @BeforeEach
    void nobodyTakesPart() {
        database.update("DELETE FROM node");
    }

    private void fallSilent(String node) {
        database.update(
                "UPDATE node SET seen_at = seen_at - ? WHERE id = ?",
                Membership.SILENCE.plusSeconds(1).toMillis(),
                node);
    }

    @Test
    void takes_in_who_sees_all_others() {
        assertThat(membership.join(one, Set.of(one))).isEmpty();
        assertThat(membership.join(two, Set.of(one, two))).isEmpty();

        assertThat(membership.beat(one)).isTrue();
        assertThat(membership.beat(two)).isTrue();
    }

    @Test
    void keeps_out_who_does_not_see_one_that_is_alive() {
        membership.join(one, Set.of(one));

        assertThat(membership.join(two, Set.of(two))).containsExactly(one);
        assertThat(membership.beat(two)).isFalse();
        assertThat(membership.beat(one)).isTrue();
    }

    @Test
    void forgets_who_has_fallen_silent() {
        membership.join(one, Set.of(one));
        fallSilent(one);

        assertThat(membership.join(two, Set.of(two))).isEmpty();
        assertThat(membership.beat(one)).isFalse();
    }

    @Test
    void keeps_who_has_fallen_silent_and_is_seen() {
        membership.join(one, Set.of(one));
        fallSilent(one);

        assertThat(membership.join(two, Set.of(one, two))).isEmpty();
        assertThat(membership.beat(one)).isTrue();
    }

    @Test
    void lets_the_first_go_on_of_two_that_do_not_see_each_other() {
        membership.join(one, Set.of(one));
        membership.join(two, Set.of(one, two));

        assertThat(membership.takeOut(Set.of(two), one)).isTrue();
        assertThat(membership.takeOut(Set.of(one), two)).isFalse();
        assertThat(membership.beat(one)).isTrue();
        assertThat(membership.beat(two)).isFalse();
    }

    @Test
    void lets_one_go_on_however_close_they_come() {
        for (int i = 0; i < 20; i++) {
            nobodyTakesPart();
            membership.join(one, Set.of(one));
            membership.join(two, Set.of(one, two));
            var here = CompletableFuture.supplyAsync(
                    () -> membership.takeOut(Set.of(two), one), Thread::startVirtualThread);
            var there = CompletableFuture.supplyAsync(
                    () -> membership.takeOut(Set.of(one), two), Thread::startVirtualThread);

            assertThat(here.join()).isNotEqualTo(there.join());
        }
    }

    @Test
    void takes_nobody_in_twice_however_close_they_come() {
        for (int i = 0; i < 20; i++) {
            nobodyTakesPart();
            var came = IntStream.range(0, 4)
                    .mapToObj(it -> Ids.next())
                    .map(it -> CompletableFuture.supplyAsync(
                            () -> membership.join(it, Set.of(it)), Thread::startVirtualThread))
                    .toList();

            assertThat(came.stream().map(CompletableFuture::join).filter(Set::isEmpty))
                    .hasSize(1);
        }
    }

    @Test
    void goes_on_without_one_that_has_left() {
        membership.join(one, Set.of(one));
        membership.join(two, Set.of(one, two));
        membership.leave(two);

        assertThat(membership.takeOut(Set.of(two), one)).isTrue();
        assertThat(membership.join(three, Set.of(one, three))).isEmpty();
    }
}
