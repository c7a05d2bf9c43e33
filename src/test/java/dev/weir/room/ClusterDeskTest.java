package dev.weir.room;

import static dev.weir.room.RoomRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.room.Refusal.Code;
import dev.weir.turn.FakeNodes;
import dev.weir.turn.NodeCalls;
import dev.weir.turn.NodeState;
import dev.weir.turn.NodeStates;
import dev.weir.turn.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The nodes "one", which is asked, and others as the test has it. */
class ClusterDeskTest {

    private final User admin = new User("u1", "ada", "Ada", "org", Set.of(Role.ADMIN));
    private final User auditor = new User("u2", "olga", "Olga", "org", Set.of(Role.AUDITOR));
    private final User user = new User("u3", "bob", "Bob", "org", Set.of(Role.USER));
    private final List<Nodes.Node> alive = new ArrayList<>();
    private final List<NodeState> told = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> records = new ArrayList<>();
    private boolean answering = true;

    private final Nodes nodes = new FakeNodes(() -> "one", () -> alive);
    private final NodeStates states = new NodeStates() {
        @Override
        public List<NodeState> all() {
            return told;
        }

        @Override
        public void tell(Supplier<NodeState> own) {}
    };
    private final NodeCalls calls = new NodeCalls() {
        @Override
        public <Q, A> CompletionStage<A> ask(String node, Question<Q, A> what, Q question) {
            asked.add(node + " " + what.name() + " " + question);
            return answering
                    ? CompletableFuture.completedStage(what.answer().cast(true))
                    : CompletableFuture.failedStage(new NodeGone("It has gone."));
        }

        @Override
        public <Q, A> void answer(Question<Q, A> what, Function<Q, A> by) {}
    };
    private final Audit audit =
            (kind, who, place, action, subject, details) -> records.add(kind + " " + action + " " + subject);
    private final ClusterDesk desk = new ClusterDesk(nodes, states, calls, audit);

    private void node(String id, String roles, boolean draining) {
        alive.add(new Nodes.Node(id, "http://" + id, "1", id + ":5701"));
        told.add(new NodeState(id, 9, roles, told.size(), List.of(), draining, 0, 0, 0, 0, 0, 0, 0, ""));
    }

    @Test
    void shows_the_oldest_first_and_those_that_have_told_nothing_last() {
        alive.add(new Nodes.Node("new", "", "1", "new:5701"));
        node("old", "inference,edge", false);
        node("one", "inference,edge", false);

        List<ClusterDesk.Seen> seen = desk.nodes(auditor);

        assertThat(seen).extracting(it -> it.node().id()).containsExactly("old", "one", "new");
        assertThat(seen).extracting(ClusterDesk.Seen::self).containsExactly(false, true, false);
        assertThat(seen.getLast().state()).isEmpty();
        refused(Code.FORBIDDEN, () -> desk.nodes(user));
    }

    @Test
    void an_administrator_takes_a_node_out_of_service_and_back_and_the_audit_knows() {
        node("one", "inference,edge", false);
        node("two", "inference,edge", false);

        desk.drain(admin, "two");
        desk.restore(admin, "two");

        assertThat(asked).containsExactly("two node-drain true", "two node-drain false");
        assertThat(records).containsExactly(Kind.ADMIN + " node.drain two", Kind.ADMIN + " node.restore two");
    }

    @Test
    void nobody_else_does() {
        node("one", "inference,edge", false);
        node("two", "inference,edge", false);

        for (User caller : List.of(auditor, user)) {
            refused(Code.FORBIDDEN, () -> desk.drain(caller, "two"));
            refused(Code.FORBIDDEN, () -> desk.restore(caller, "two"));
        }
        assertThat(asked).isEmpty();
        assertThat(records).hasSize(4).allMatch(it -> it.startsWith(Kind.REFUSED + " node."));
    }

    @Test
    void what_no_other_node_could_do_stays_where_it_is() {
        node("one", "edge", false);
        node("two", "inference", false);
        refused(Code.CONFLICT, () -> desk.drain(admin, "one"));
        refused(Code.CONFLICT, () -> desk.drain(admin, "two"));
        node("three", "inference,edge", true);
        refused(Code.CONFLICT, () -> desk.drain(admin, "two"));
        node("four", "inference", false);

        desk.drain(admin, "two");

        refused(Code.CONFLICT, () -> desk.drain(admin, "one"));
        assertThat(asked).containsExactly("two node-drain true");
    }

    @Test
    void says_so_when_the_node_is_not_there() {
        node("one", "inference,edge", false);
        node("two", "inference,edge", false);
        refused(Code.NO_SUCH_NODE, () -> desk.drain(admin, "three"));
        answering = false;

        refused(Code.BUSY, () -> desk.drain(admin, "two"));

        assertThat(records).isEmpty();
    }
}
