package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.turn.Membership;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** A database that can be away. */
    private static final class Away implements Membership {
        private final Membership there = new OneMembership();
        private final AtomicBoolean away = new AtomicBoolean();
        private volatile Consumer<String> beforeItSaysSo = node -> {};
        private volatile Consumer<String> whenAskedWhoGoesOn = node -> {};

        private Membership there() {
            if (away.get()) {
                throw new IllegalStateException("The database is away.");
            }
            return there;
        }

        @Override
        public Set<String> join(String node, Set<String> seen) {
            return there().join(node, seen);
        }

        @Override
        public boolean beat(String node) {
            boolean known = there().beat(node);
            beforeItSaysSo.accept(node);
            return known;
        }

        @Override
        public boolean takeOut(Set<String> gone, String node) {
            whenAskedWhoGoesOn.accept(node);
            return there().takeOut(gone, node);
        }

        @Override
        public void leave(String node) {
            there().leave(node);
        }
    }

    private final Away database = new Away();
    private final List<Agreement<Set<String>>> joined = new CopyOnWriteArrayList<>();

    /** One node: what it sees, and what it has heard. */
    private final class Node implements Agreement.Listener<Set<String>> {
        private final List<Set<String>> settled = new CopyOnWriteArrayList<>();
        private final CountDownLatch out = new CountDownLatch(1);
        private final Agreement<Set<String>> agreement;
        private volatile Set<String> sees;

        /** Whether it held before it was told who takes part. */
        private volatile boolean early;

        Node(String id, Set<String> sees) {
            this(id, sees, Duration.ofSeconds(3));
        }

        Node(String id, Set<String> sees, Duration silence) {
            this.sees = sees;
            this.agreement = new Agreement<>(id, database, () -> this.sees, it -> it, this, silence);
            joined.add(agreement);
        }

        void sees(Set<String> now) {
            sees = now;
            agreement.changed();
        }

        @Override
        public void settling(Set<String> members) {
            if (agreement.holds()) {
                early = true;
            }
        }

        @Override
        public void settled(Set<String> members) {
            settled.add(members);
        }

        @Override
        public void takenOut() {
            out.countDown();
        }
    }

    private final Node one = new Node("one", Set.of("one"));
    private final Node two = new Node("two", Set.of("one", "two"));

    @AfterEach
    void end() {
        database.away.set(false);
        joined.forEach(Agreement::close);
    }

    private void bothTakePart() {
        takePart(one, two);
    }

    private static void takePart(Node first, Node second) {
        assertThat(first.agreement.join()).isEmpty();
        first.sees(second.sees);
        assertThat(second.agreement.join()).isEmpty();
        await().atMost(SOON).until(() -> first.agreement.holds() && second.agreement.holds());
    }

    @Test
    void holds_while_nobody_comes_or_goes() {
        bothTakePart();

        assertThat(one.agreement.whenHolds()).succeedsWithin(SOON);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(one.settled).containsExactly(Set.of("one"), Set.of("one", "two")));
        assertThat(one.early || two.early).isFalse();
    }

    @Test
    void goes_on_without_a_node_that_has_died() {
        bothTakePart();
        one.sees = Set.of("one");

        assertThat(one.agreement.holds()).isFalse();
        assertThat(one.agreement.whenHolds()).succeedsWithin(SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(one.settled).endsWith(Set.of("one")));
    }

    @Test
    void only_one_goes_on_of_two_that_do_not_see_each_other() {
        bothTakePart();
        one.sees = Set.of("one");
        two.sees = Set.of("two");
        CompletableFuture<?> here = one.agreement.whenHolds();
        CompletableFuture<?> there = two.agreement.whenHolds();

        await().atMost(SOON).until(() -> here.isDone() && there.isDone());
        assertThat(here.isCompletedExceptionally()).isNotEqualTo(there.isCompletedExceptionally());
        Node loser = here.isCompletedExceptionally() ? one : two;
        await().atMost(SOON).until(() -> loser.out.getCount() == 0);
        assertThat(loser.agreement.holds()).isFalse();
        assertThat(loser.settled).endsWith(Set.of("one", "two"));
    }

    @Test
    void does_not_take_a_sign_of_life_from_before_a_pause_for_one_after_it() throws InterruptedException {
        bothTakePart();
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Void> awake = new CompletableFuture<>();
        database.beforeItSaysSo = node -> {
            if (node.equals("one")) {
                asked.countDown();
                awake.join();
            }
        };
        assertThat(asked.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(database.takeOut(Set.of("one"), "two")).isTrue();

        one.agreement.tick(System.nanoTime() + SOON.toNanos());
        awake.complete(null);

        await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> {
            assertThat(one.agreement.holds()).isFalse();
            return one.out.getCount() == 0;
        });
    }

    @Test
    void the_larger_part_goes_on() {
        bothTakePart();
        Node three = new Node("three", Set.of("one", "two", "three"));
        one.sees(three.sees);
        two.sees(three.sees);
        assertThat(three.agreement.join()).isEmpty();
        await().atMost(SOON).until(() -> one.agreement.holds() && two.agreement.holds());

        List<Long> asked = new CopyOnWriteArrayList<>();
        database.whenAskedWhoGoesOn = node -> {
            if (node.equals("one")) {
                asked.add(System.nanoTime());
            }
        };
        two.sees(Set.of("two", "three"));
        three.sees(Set.of("two", "three"));
        long alone = System.nanoTime();
        one.sees(Set.of("one"));

        await().atMost(SOON).until(() -> two.agreement.holds() && three.agreement.holds());
        await().atMost(SOON).until(() -> one.out.getCount() == 0);
        assertThat(asked)
                .as("the smaller part waits before it asks")
                .allMatch(it -> it - alone > Duration.ofSeconds(1).toNanos());
    }

    @Test
    void waits_for_a_database_that_is_away_when_a_node_has_gone() {
        bothTakePart();
        database.away.set(true);
        one.sees = Set.of("one");

        CompletableFuture<?> held = one.agreement.whenHolds();
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> !held.isDone() && !one.agreement.holds());
        database.away.set(false);

        assertThat(held).succeedsWithin(SOON);
    }

    @Test
    void goes_on_without_a_database_while_nobody_comes_or_goes() {
        // Without a database, a node that stood still for as long as its silence may not go on.
        Node first = new Node("one", Set.of("one"), Duration.ofMinutes(1));
        Node second = new Node("two", Set.of("one", "two"), Duration.ofMinutes(1));
        takePart(first, second);
        database.away.set(true);

        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> first.agreement.holds());
    }

    @Test
    void a_node_that_was_taken_out_learns_it_from_its_sign_of_life() {
        bothTakePart();
        database.takeOut(Set.of("two"), "one");

        await().atMost(SOON).until(() -> two.out.getCount() == 0);
        assertThat(two.agreement.holds()).isFalse();
        assertThat(two.agreement.whenHolds()).failsWithin(SOON);
    }

    @Test
    void takes_no_part_while_it_does_not_see_one_that_is_alive() {
        one.agreement.join();
        two.sees = Set.of("two");

        assertThat(two.agreement.join()).containsExactly("one");
        assertThat(two.agreement.holds()).isFalse();
    }
}
