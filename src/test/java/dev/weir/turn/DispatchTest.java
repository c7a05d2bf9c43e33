package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.log.RoomLog;
import dev.weir.model.ConfiguredCatalogue;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.NodeRoles;
import dev.weir.model.ScriptedModel;
import dev.weir.model.ServedElsewhere;
import dev.weir.model.StreamingModel;
import dev.weir.turn.Turns.Begun;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node "edge" that carries clients, and a node "one" that runs turns. */
class DispatchTest {

    private static final NodeRoles EDGE = NodeRoles.parse("edge");

    private final FakeCluster cluster = new FakeCluster();
    private final TurnRig runner = new TurnRig();
    private final TurnRig other = new TurnRig();
    private final ScriptedModel model = ScriptedModel.saying("fast", "Hello.");
    private final ModelCatalogue served = new ServedCatalogue(ConfiguredCatalogue.of(Map.of()), EDGE, cluster);
    private final Dispatch edge = node("edge", other.turns, served, EDGE, runner.log);

    private Dispatch node(String id, Turns turns, ModelCatalogue models, NodeRoles roles, RoomLog log) {
        NodeCalls calls = cluster.calls(id);
        new TurnsForOthers(turns, models, calls, log).begin();
        return new Dispatch(turns, roles, new Runners(cluster, () -> id), calls, log);
    }

    private static ModelCatalogue catalogue(ScriptedModel... models) {
        return new ModelCatalogue() {
            @Override
            public List<ModelSpec> specs() {
                return Arrays.stream(models).map(ScriptedModel::spec).toList();
            }

            @Override
            public Optional<StreamingModel> model(String name) {
                return Arrays.stream(models)
                        .filter(it -> it.spec().name().equals(name))
                        .<StreamingModel>map(it -> it)
                        .findFirst();
            }
        };
    }

    private Dispatch runsOn(String id, TurnRig rig) {
        cluster.runner(id, 0, false, model.spec());
        return node(id, rig.turns, catalogue(model), NodeRoles.parse("inference"), rig.log);
    }

    private TurnOrder order() {
        return TurnRig.order("", served.model("fast").orElseThrow());
    }

    @AfterEach
    void close() {
        runner.close();
        other.close();
    }

    @Test
    void a_node_without_models_offers_those_of_the_others_and_none_of_their_keys() {
        assertThat(served.specs()).isEmpty();
        runsOn("one", runner);

        assertThat(served.specs()).containsExactly(model.spec());
        assertThat(served.model("fast")).contains(new ServedElsewhere(model.spec()));
        assertThat(served.model("slow")).isEmpty();
    }

    @Test
    void a_turn_goes_to_the_node_that_has_its_model() {
        runsOn("one", runner);
        edge.check(served.model("fast").orElseThrow(), "org");

        Begun begun = edge.start(Ids.next(), order());

        assertThat(runner.ended(begun.turn().turn(), Outcome.COMPLETE).text()).isEqualTo("Hello.");
        String announced = runner.events("turn-started").getFirst().toString();
        assertThat(announced)
                .contains(
                        begun.turn().turn(), begun.turn().branches().getFirst().id());
        assertThat(begun.turn().interceptors()).extracting("name").containsExactly("meter", "length");
        assertThat(begun.after().seq()).isEqualTo(1);
        assertThat(begun.kept()).isCompleted();
        assertThat(other.events()).isEmpty();
    }

    @Test
    void a_node_that_has_the_model_runs_the_turn_itself() {
        runsOn("one", runner);
        Dispatch both = node("both", other.turns, catalogue(model), NodeRoles.BOTH, other.log);

        both.start(Ids.next(), TurnRig.order("", model));

        soon().until(() -> other.events("turn-ended").size() == 1);
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void a_node_that_is_drained_sends_on_what_it_is_asked() {
        runsOn("one", runner);
        Dispatch both = node("both", other.turns, catalogue(model), NodeRoles.BOTH, other.log);
        other.turns.drain(true);

        both.start(Ids.next(), TurnRig.order("", model));

        soon().until(() -> runner.events("turn-ended").size() == 1);
    }

    @Test
    void says_so_when_no_node_is_there_that_has_the_model() {
        assertThatThrownBy(() -> edge.check(new ServedElsewhere(model.spec()), "org"))
                .isInstanceOf(NotServed.class)
                .hasMessageContaining("fast");
        runsOn("one", runner);
        TurnOrder order = order();
        cluster.states.clear();

        assertThat(served.specs()).isEmpty();
        assertThatThrownBy(() -> edge.check(served.model("fast").orElseThrow(), "org"))
                .isInstanceOf(NotServed.class);
        assertThatThrownBy(() -> edge.start(Ids.next(), order)).isInstanceOf(NotServed.class);
    }

    @Test
    void a_node_that_is_drained_gets_nothing() {
        runsOn("one", runner);
        cluster.runner("one", 0, true, model.spec());

        assertThatThrownBy(() -> edge.start(Ids.next(), order())).isInstanceOf(NotServed.class);
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void asks_the_node_with_the_least_to_do_and_the_next_when_that_has_gone_or_is_full() {
        runsOn("one", runner);
        cluster.runner("full", 2, false, model.spec());
        cluster.runner("gone", 1, false, model.spec());
        cluster.runner("one", 3, false, model.spec());
        node("full", other.turns, catalogue(ScriptedModel.silent("another")), NodeRoles.parse("inference"), other.log);

        Begun begun = edge.start(Ids.next(), order());

        assertThat(cluster.asked)
                .containsExactly("gone turn-begin", "full turn-begin", "one turn-begin", "one turn-kept");
        runner.ended(begun.turn().turn(), Outcome.COMPLETE);
    }

    @Test
    void what_was_sent_counts_before_the_node_tells_of_it() {
        runsOn("one", runner);
        cluster.runner("two", 1, false, model.spec());
        cluster.kill("two");

        for (int i = 0; i < 3; i++) {
            edge.start(Ids.next(), order());
        }

        assertThat(cluster.asked.stream().filter(it -> it.endsWith("begin")))
                .startsWith("one turn-begin")
                .contains("two turn-begin");
    }

    @Test
    void a_turn_that_a_node_had_begun_before_it_was_gone_is_not_begun_again() {
        runsOn("one", runner);
        cluster.runner("zero", 0, false, model.spec());
        ScriptedModel silent = ScriptedModel.silent("fast");
        Dispatch dying = node("zero", runner.turns, catalogue(silent), NodeRoles.parse("inference"), runner.log);
        cluster.states.removeIf(it -> it.node().equals("one"));
        cluster.dieAfterAnswering("zero");

        Begun begun = edge.start(Ids.next(), order());

        assertThat(dying).isNotNull();
        assertThat(runner.events("turn-started")).hasSize(1);
        assertThat(runner.events("turn-started").getFirst().path("turn").asText())
                .isEqualTo(begun.turn().turn());
    }

    @Test
    void refuses_when_all_have_as_much_to_do_as_they_may() {
        runsOn("one", runner);
        for (int i = 0; i < 3; i++) {
            runner.start(ScriptedModel.silent("busy"));
        }

        assertThatThrownBy(() -> edge.start(Ids.next(), order())).isInstanceOf(TurnsFull.class);
        StreamingModel asked = served.model("fast").orElseThrow();
        assertThatThrownBy(() -> edge.check(asked, "org")).isInstanceOf(TurnsFull.class);
    }
}
