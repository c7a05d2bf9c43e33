package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.identity.SignInNews.News;
import dev.weir.model.ModelSpec;
import dev.weir.room.Command.Ack;
import dev.weir.room.CommandMemory.Claim;
import dev.weir.turn.EndOrder;
import dev.weir.turn.Membership;
import dev.weir.turn.NodeCalls;
import dev.weir.turn.NodeCalls.Question;
import dev.weir.turn.NodeState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What nodes tell each other, between two of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLUSTER = Ids.next();

    private static final EndOrder ORDER =
            new EndOrder("r", "", Set.of("m1", "m2"), Outcome.SUPERSEDED, "Another question took its place.");

    private static final Membership MEMBERSHIP = new OneMembership();

    private final HazelcastNode one = start();
    private final HazelcastNode two = start();

    private static HazelcastNode start() {
        HazelcastNode node = TestNodes.node(Map.of("weir.cluster.port", "25760"));
        node.start(MEMBERSHIP, () -> CLUSTER, "");
        return node;
    }

    @BeforeAll
    void meet() {
        await().atMost(SOON).until(() -> !one.isAlone() && !two.isAlone());
    }

    @AfterAll
    void stop() {
        one.stop();
        two.stop();
    }

    @Test
    void an_order_has_been_obeyed_on_the_other_node_when_it_is_done() {
        List<EndOrder> here = new CopyOnWriteArrayList<>();
        List<EndOrder> there = new CopyOnWriteArrayList<>();
        CountDownLatch obeying = new CountDownLatch(1);
        HazelcastOtherNodes nodes = new HazelcastOtherNodes(one);
        nodes.listen(here::add);
        new HazelcastOtherNodes(two).listen(it -> {
            awaitUninterrupted(obeying);
            there.add(it);
        });

        CompletableFuture<Void> done = nodes.tell(ORDER).toCompletableFuture();
        assertThat(done).isNotDone();
        obeying.countDown();

        assertThat(done).succeedsWithin(SOON);
        assertThat(there).containsExactly(ORDER);
        assertThat(here).isEmpty();
    }

    record Sum(List<Integer> numbers, String name) {}

    record Total(int sum, Duration took) {}

    private static final Question<Sum, Total> ADD = new Question<>("add", Sum.class, Total.class);

    @Test
    void a_node_answers_what_it_is_asked() {
        new HazelcastNodeCalls(two)
                .answer(
                        ADD,
                        it -> new Total(
                                it.numbers().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                Duration.ofSeconds(61)));
        HazelcastNodeCalls calls = new HazelcastNodeCalls(one);

        assertThat(calls.ask(two.id(), ADD, new Sum(List.of(1, 2, 3), "x")).toCompletableFuture())
                .succeedsWithin(SOON)
                .isEqualTo(new Total(6, Duration.ofSeconds(61)));
    }

    @Test
    void a_question_to_a_node_that_is_not_there_or_does_not_know_it_fails_so() {
        HazelcastNodeCalls calls = new HazelcastNodeCalls(one);
        Question<Sum, Total> unknown = new Question<>("unknown", Sum.class, Total.class);

        for (var asked : List.of(
                calls.ask("nobody", ADD, new Sum(List.of(), "")),
                calls.ask(two.id(), unknown, new Sum(List.of(), "")))) {
            assertThat(asked.toCompletableFuture())
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(NodeCalls.NodeGone.class);
        }
    }

    @Test
    void nodes_know_how_the_others_stand() {
        HazelcastNodeStates here = new HazelcastNodeStates(one);
        HazelcastNodeStates there = new HazelcastNodeStates(two);
        NodeState older = state(one.id(), 1, "inference");
        here.tell(() -> older);
        there.tell(() -> state(two.id(), 2, "edge"));

        await().atMost(SOON).until(() -> here.all().size() == 2);
        assertThat(here.all()).containsExactly(older, state(two.id(), 2, "edge"));
        assertThat(there.all()).isEqualTo(here.all());
    }

    private static NodeState state(String id, long startedAt, String roles) {
        ModelSpec model = new ModelSpec(
                "fast",
                "openai",
                "gpt",
                "Fast",
                "",
                new ModelSpec.Price(new BigDecimal("0.25"), new BigDecimal("2.00")),
                8192,
                false,
                Duration.ofMinutes(1));
        return new NodeState(id, 9, roles, startedAt, List.of(model), false, 1, 2, 3, 4, 5, 6, 7, "");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_command_is_claimed_by_one_node_and_its_answer_known_to_both() {
        HazelcastCommandMemory here = new HazelcastCommandMemory(one);
        HazelcastCommandMemory there = new HazelcastCommandMemory(two);

        assertThat(here.claim("k")).isEqualTo(new Claim.Mine(false));
        assertThat(there.claim("k")).isEqualTo(new Claim.UnderWay());
        here.keep("k", new Ack("t", "m"));

        assertThat(there.claim("k")).isEqualTo(new Claim.Done(new Ack("t", "m")));
    }

    @Test
    void a_refused_command_may_be_sent_again_anywhere() {
        HazelcastCommandMemory here = new HazelcastCommandMemory(one);
        here.claim("refused");

        here.release("refused");

        assertThat(new HazelcastCommandMemory(two).claim("refused")).isEqualTo(new Claim.Mine(true));
    }

    @Test
    void the_claim_of_a_node_that_has_died_counts_no_more() {
        HazelcastNode dying = start();
        String id = dying.id();
        HazelcastCommandMemory here = new HazelcastCommandMemory(one);
        try {
            await().atMost(SOON).until(() -> one.ids().contains(id));
            new HazelcastCommandMemory(dying).claim("orphan");
            assertThat(here.claim("orphan")).isEqualTo(new Claim.UnderWay());

            dying.instance().getLifecycleService().terminate();
        } finally {
            dying.stop(); // or it would come back by itself
        }
        await().atMost(SOON)
                .until(() -> !one.ids().contains(id) && one.agreement().holds());

        assertThat(here.claim("orphan")).isEqualTo(new Claim.Mine(true));
        assertThat(new HazelcastCommandMemory(two).claim("orphan")).isEqualTo(new Claim.UnderWay());
    }

    @Test
    void news_of_sign_ins_reach_the_other_node() {
        List<News> heard = new CopyOnWriteArrayList<>();
        new HazelcastSignInNews(two).listen(heard::add);

        new HazelcastSignInNews(one).tell(new News.Ended("abc"));
        new HazelcastSignInNews(one).tell(new News.Changed("u1"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heard)
                        .filteredOn(it -> !(it instanceof News.Missed))
                        .containsExactly(new News.Ended("abc"), new News.Changed("u1")));
    }

    @Test
    void a_room_is_changed_by_one_node_at_a_time() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> first = CompletableFuture.runAsync(
                () -> new HazelcastRoomLocks(one).alone("r", () -> {
                    working.countDown();
                    awaitUninterrupted(goOn);
                    return order.add("first");
                }),
                Thread::startVirtualThread);
        assertThat(working.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> new HazelcastRoomLocks(two).alone("r", () -> order.add("second")), Thread::startVirtualThread);

        new HazelcastRoomLocks(two).alone("another", () -> order.add("another room"));
        goOn.countDown();
        CompletableFuture.allOf(first, second).get(SOON.toSeconds(), TimeUnit.SECONDS);

        assertThat(order).containsExactly("another room", "first", "second");
    }
}
