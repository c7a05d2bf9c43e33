package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.pipeline.PolicyProblem.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCheckTest {

    private final Pipeline pipeline = new Pipeline(
            List.of(
                    new Named("meter", Place.MODEL),
                    new Named(
                            "guard",
                            Place.MIDDLE,
                            List.of(
                                    Setting.number("level", 1, ""),
                                    Setting.onOff("loud", true, ""),
                                    Setting.choice("way", "in", "", "in", "out"),
                                    Setting.text("name", "", ""),
                                    Setting.lines("words", "", "")))),
            key -> Optional.empty());

    private static Policy guard(Optional<Mode> mode, Map<String, String> settings, boolean locked) {
        return new Policy(Optional.empty(), false, Map.of("guard", new Tuning(mode, settings, locked)));
    }

    private static Policy setting(String key, String value) {
        return guard(Optional.empty(), Map.of(key, value), false);
    }

    private static Policy order(String... names) {
        return new Policy(Optional.of(List.of(names)), false, Map.of());
    }

    private List<Fault> faults(Scope.Kind scope, Layers layers, Policy wanted) {
        PolicyProblem problem = catchThrowableOfType(PolicyProblem.class, () -> pipeline.check(scope, layers, wanted));
        return problem == null ? List.of() : problem.faults();
    }

    private List<Fault> faults(Policy wanted) {
        return faults(Scope.Kind.INSTALLATION, Layers.NONE, wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "level, 0",
        "level, 999999999999999999",
        "loud, true",
        "loud, false",
        "way, out",
        "name, a name",
        "words, a"
    })
    void takes_what_is_of_its_kind(String key, String value) {
        assertThat(faults(setting(key, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "level, -1, whole number",
        "level, 1.5, whole number",
        "level, '', whole number",
        "level, ١, whole number",
        "level, 1000000000000000000, whole number",
        "loud, yes, true or false",
        "way, up, 'in, out'",
        "name, unlucky, Not this one",
        "other, 1, no setting"
    })
    void says_of_a_value_what_is_wrong_with_it(String key, String value, String part) {
        assertThat(faults(setting(key, value))).singleElement().satisfies(it -> {
            assertThat(it.interceptor()).isEqualTo("guard");
            assertThat(it.key()).isEqualTo(key);
            assertThat(it.detail()).contains(part);
        });
    }

    @Test
    void bounds_texts() {
        assertThat(faults(setting("name", "x".repeat(2_001)))).hasSize(1);
        assertThat(faults(setting("name", "x\ny"))).hasSize(1);
        assertThat(faults(setting("words", "x\n".repeat(50_000)))).isEmpty();
        assertThat(faults(setting("words", "x\n".repeat(50_001)))).hasSize(1);
    }

    @Test
    void finds_everything_that_is_wrong_at_once() {
        Policy wanted = new Policy(
                Optional.of(List.of("guard", "meter", "nobody")),
                false,
                Map.of(
                        "guard", new Tuning(Optional.empty(), Map.of("level", "x", "loud", "y"), false),
                        "nothing", new Tuning(Optional.of(Mode.OFF), Map.of(), false)));

        assertThat(faults(wanted))
                .extracting(it -> it.interceptor() + "/" + it.key())
                .containsExactly("/", "/", "guard/level", "guard/loud", "nothing/");
    }

    @Test
    void leaves_names_alone_that_the_policy_had_before() {
        Policy kept = new Policy(
                Optional.of(List.of("meter", "gone")),
                false,
                Map.of("lost", new Tuning(Optional.of(Mode.OFF), Map.of(), false)));

        assertThat(faults(Scope.Kind.ROOM, Layers.NONE.with(Scope.Kind.ROOM, kept), kept))
                .isEmpty();
        assertThat(faults(kept)).hasSize(2);
    }

    @Test
    void refuses_to_weaken_what_is_locked_above() {
        Layers locked = Layers.NONE.with(Scope.Kind.INSTALLATION, guard(Optional.of(Mode.REPORT), Map.of(), true));

        assertThat(faults(Scope.Kind.ROOM, locked, guard(Optional.of(Mode.OFF), Map.of("level", "2"), false)))
                .extracting(Fault::key)
                .containsExactly("", "level");
        assertThat(faults(Scope.Kind.ORGANISATION, locked, guard(Optional.of(Mode.ENFORCE), Map.of(), false)))
                .isEmpty();
        assertThat(faults(Scope.Kind.INSTALLATION, locked, guard(Optional.of(Mode.OFF), Map.of(), true)))
                .isEmpty();
    }

    @Test
    void refuses_another_order_where_it_is_locked_above() {
        Layers locked = Layers.NONE.with(
                Scope.Kind.ORGANISATION, new Policy(Optional.of(List.of("meter", "guard")), true, Map.of()));

        assertThat(faults(Scope.Kind.ROOM, locked, order("meter", "guard")))
                .singleElement()
                .satisfies(it -> assertThat(it.detail()).contains("locked by the organisation"));
        assertThat(faults(Scope.Kind.ORGANISATION, locked, order("meter", "guard")))
                .isEmpty();
    }

    @Test
    void has_nothing_to_lock_below_a_room() {
        assertThat(faults(Scope.Kind.ROOM, Layers.NONE, guard(Optional.empty(), Map.of(), true)))
                .hasSize(1);
        assertThat(faults(Scope.Kind.ROOM, Layers.NONE, new Policy(Optional.empty(), true, Map.of())))
                .hasSize(1);
    }

    @Test
    void refuses_a_value_that_the_interceptor_fails_to_check() {
        StreamInterceptor broken = new StreamInterceptor() {
            @Override
            public String name() {
                return "guard";
            }

            @Override
            public List<Setting> settings() {
                return List.of(Setting.text("name", "", ""));
            }

            @Override
            public Optional<String> problem(String key, String value) {
                throw new IllegalStateException("broken");
            }

            @Override
            public Stage open(BranchContext branch, Stage next) {
                return next;
            }
        };
        Pipeline other = new Pipeline(List.of(broken), key -> Optional.empty());

        assertThat(catchThrowableOfType(
                                PolicyProblem.class,
                                () -> other.check(Scope.Kind.INSTALLATION, Layers.NONE, setting("name", "x")))
                        .faults())
                .hasSize(1);
    }
}
