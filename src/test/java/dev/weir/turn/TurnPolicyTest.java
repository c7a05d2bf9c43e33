package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Outcome;
import dev.weir.model.ScriptedModel;
import dev.weir.pipeline.MemoryPolicies;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Policies;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyNews;
import dev.weir.pipeline.PolicyStore;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.StoredPolicies;
import dev.weir.pipeline.Tuning;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Turns under policies that change. */
class TurnPolicyTest {

    private static TurnRig rig(Policies policies) {
        return new TurnRig(TurnSettings.DEFAULT, List.of(), policies);
    }

    private static Policy length(Mode mode, String characters) {
        return new Policy(
                Optional.of(List.of("meter", "length")),
                false,
                Map.of("length", new Tuning(Optional.of(mode), Map.of("max-characters", characters), false)));
    }

    private static List<String> declared(TurnRig rig) {
        return rig.events("turn-started").getLast().path("interceptors").findValuesAsText("mode");
    }

    @Test
    void a_turn_keeps_the_policy_it_began_with_and_the_next_one_has_the_new() {
        StoredPolicies policies =
                new StoredPolicies(new MemoryPolicies(), PolicyNews.ALONE, InstantSource.system(), Runnable::run);
        policies.put(Scope.room(TurnRig.ROOM), length(Mode.ENFORCE, "4"), Optional.empty());
        try (TurnRig rig = rig(policies)) {
            ScriptedModel running = ScriptedModel.silent("a");
            String first = rig.start(running);
            running.listener().delta("1234");

            policies.put(Scope.room(TurnRig.ROOM), length(Mode.REPORT, "1"), Optional.empty());
            running.listener().delta("5");

            assertThat(rig.ended(first, Outcome.BLOCKED).text()).isEqualTo("1234");
            assertThat(declared(rig)).containsExactly("enforce", "enforce");

            String second = rig.start(ScriptedModel.saying("a", "1234", "5"));
            assertThat(rig.ended(second, Outcome.COMPLETE).text()).isEqualTo("12345");
            assertThat(declared(rig)).containsExactly("enforce", "report");
        }
    }

    @Test
    void a_turn_under_a_policy_that_nobody_knows_fails_without_asking_the_model() {
        PolicyStore away = (PolicyStore) Proxy.newProxyInstance(
                PolicyStore.class.getClassLoader(), new Class<?>[] {PolicyStore.class}, (self, method, arguments) -> {
                    throw new IllegalStateException("no database");
                });
        try (TurnRig rig = rig(new StoredPolicies(away, PolicyNews.ALONE, InstantSource.system(), Runnable::run))) {
            ScriptedModel model = ScriptedModel.saying("a", "unguarded");

            var kept = rig.ended(rig.start(model), Outcome.FAILED);

            assertThat(kept.text()).isEmpty();
            assertThat(kept.answer().orElseThrow().reason()).contains("could not be read", "not sent");
            assertThat(model.asked()).isZero();
            assertThat(declared(rig)).isEmpty();
        }
    }
}
