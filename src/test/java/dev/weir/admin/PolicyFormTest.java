package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.InForce;
import dev.weir.pipeline.Layers;
import dev.weir.pipeline.LengthGuard;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.Tuning;
import dev.weir.pipeline.UsageMeter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyFormTest {

    private static final List<StreamInterceptor> ALL = List.of(new UsageMeter(), new LengthGuard());

    private static Policy policy(Map<String, String> fields, Policy before) {
        return policy(fields, Scope.Kind.ROOM, before);
    }

    private static Policy policy(Map<String, String> fields, Scope.Kind scope, Policy before) {
        List<InForce> all =
                new Pipeline(ALL, key -> Optional.empty()).plan(Layers.NONE).all();
        return new PolicyForm(fields).policy(all, scope, before);
    }

    @Test
    void takes_only_what_is_said_here() {
        Map<String, String> fields = Map.of(
                "order", "meter,length",
                "own.order", "false",
                "mode.meter", "off",
                "own.mode.meter", "false",
                "mode.length", "report",
                "own.mode.length", "true",
                "set.length.max-characters", " 4000 ",
                "own.set.length.max-characters", "true",
                "lock.length", "true");

        assertThat(policy(fields, Scope.Kind.ORGANISATION, Policy.NONE))
                .isEqualTo(new Policy(
                        Optional.empty(),
                        false,
                        Map.of(
                                "length",
                                new Tuning(Optional.of(Mode.REPORT), Map.of("max-characters", "4000"), true))));
    }

    @Test
    void says_of_locks_only_what_is_not_as_it_comes() {
        Map<String, String> asItComes = Map.of("lock.meter", "true");
        assertThat(policy(asItComes, Scope.Kind.INSTALLATION, Policy.NONE)).isEqualTo(Policy.NONE);

        Policy changed = policy(Map.of("lock.length", "true"), Scope.Kind.INSTALLATION, Policy.NONE);
        assertThat(changed.of("meter").locked()).hasValue(false);
        assertThat(changed.of("length").locked()).hasValue(true);
    }

    @Test
    void leaves_what_is_said_of_interceptors_that_are_not_there() {
        Policy before = new Policy(
                Optional.of(List.of("meter", "gone", "length")),
                true,
                Map.of("gone", new Tuning(Optional.of(Mode.OFF), Map.of(), false)));

        Policy after = policy(Map.of("order", "meter,length", "own.order", "true"), before);

        assertThat(after.order()).hasValue(List.of("meter", "length", "gone"));
        assertThat(after.orderLocked()).isFalse();
        assertThat(after.of("gone")).isEqualTo(before.of("gone"));
    }

    @Test
    void takes_nothing_sent_for_all_inherited() {
        assertThat(policy(Map.of(), Policy.NONE)).isEqualTo(Policy.NONE);
        assertThat(policy(Map.of("mode.length", "offf", "own.mode.length", "true"), Policy.NONE))
                .isEqualTo(Policy.NONE);
    }
}
