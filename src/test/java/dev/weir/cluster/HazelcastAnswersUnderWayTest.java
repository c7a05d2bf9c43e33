package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Ids;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.turn.AnswerUnderWay;
import dev.weir.turn.Billing;
import dev.weir.turn.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastAnswersUnderWayTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String name = Ids.next();
    private final Membership membership = new OneMembership();
    private final List<HazelcastNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(HazelcastNode::stop);
    }

    private HazelcastNode start() {
        HazelcastNode node =
                TestNodes.node(Map.of("weir.cluster.port", "25811", "weir.cluster.members", "127.0.0.1:25811"));
        nodes.add(node);
        node.start(membership, () -> name, "");
        return node;
    }

    private static AnswerUnderWay answer(HazelcastNode owner, String branch) {
        return new AnswerUnderWay(
                owner.id(),
                "r",
                "t",
                branch,
                "m",
                Member.person("ada", "Ada"),
                "org",
                false,
                "a",
                new Prompt(List.of(new Line(Role.USER, "Why?"))),
                0,
                Usage.NOTHING,
                Billing.FREE,
                "");
    }

    @Test
    void what_began_with_others_and_ended_alone_is_under_way_no_more_when_others_come() {
        HazelcastNode one = start();
        HazelcastNode two = start();
        await().atMost(SOON).until(() -> !one.isAlone());
        HazelcastAnswersUnderWay here = new HazelcastAnswersUnderWay(one);
        AnswerUnderWay goesOn = answer(one, "b1");
        here.put(goesOn).toCompletableFuture().join();
        here.put(answer(one, "b2")).toCompletableFuture().join();
        two.stop();
        await().atMost(SOON).until(one::isAlone);

        here.remove("b2");
        HazelcastNode three = start();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(new HazelcastAnswersUnderWay(three).all()).containsExactly(goesOn));
    }
}
