package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Event.Declared;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Setting LEVEL = Setting.number("level", 1, "The level");

    private final Map<String, String> configuration = new HashMap<>();
    private final Pipeline pipeline = new Pipeline(
            List.of(new Named("a", Place.MIDDLE, List.of(LEVEL)), new Named("b")),
            key -> Optional.ofNullable(configuration.get(key)));

    private static Policy says(String interceptor, Tuning tuning) {
        return new Policy(Optional.empty(), false, Map.of(interceptor, tuning));
    }

    private static Policy level(String value) {
        return says("a", new Tuning(Optional.empty(), Map.of("level", value), false));
    }

    private static Policy mode(Mode mode, boolean locked) {
        return says("a", new Tuning(Optional.of(mode), Map.of(), locked));
    }

    private static Policy order(String... names) {
        return new Policy(Optional.of(List.of(names)), false, Map.of());
    }

    private InForce a(Layers layers) {
        return pipeline.plan(layers).find("a").orElseThrow();
    }

    private String level(Layers layers) {
        return a(layers).value(LEVEL) + " " + a(layers).from("level").word();
    }

    @Test
    void the_room_goes_before_the_organisation_before_the_installation_before_the_configuration() {
        Layers layers = Layers.NONE;
        assertThat(level(layers)).isEqualTo("1 default");
        configuration.put("weir.interceptors.a.level", "2");
        assertThat(level(layers)).isEqualTo("2 configuration");
        layers = layers.with(Scope.Kind.INSTALLATION, level("3"));
        assertThat(level(layers)).isEqualTo("3 installation");
        layers = layers.with(Scope.Kind.ORGANISATION, level("4"));
        assertThat(level(layers)).isEqualTo("4 organisation");
        layers = layers.with(Scope.Kind.ROOM, level("5"));
        assertThat(level(layers)).isEqualTo("5 room");
    }

    @Test
    void each_part_is_inherited_by_itself() {
        Layers layers = new Layers(mode(Mode.REPORT, false), level("4"), order("b", "a"));

        assertThat(pipeline.plan(layers).declared())
                .containsExactly(new Declared("b", "enforce"), new Declared("a", "report"));
        assertThat(level(layers)).isEqualTo("4 organisation");
        assertThat(a(layers).modeFrom()).isEqualTo(Origin.INSTALLATION);
    }

    @Test
    void what_is_locked_may_be_made_stricter_below_and_nothing_else() {
        Policy locked = says("a", new Tuning(Optional.of(Mode.REPORT), Map.of("level", "3"), true));
        Layers off = new Layers(locked, mode(Mode.OFF, false), level("9"));

        assertThat(a(off).mode()).isEqualTo(Mode.REPORT);
        assertThat(a(off).lockedBy()).hasValue(Origin.INSTALLATION);
        assertThat(level(off)).isEqualTo("3 installation");
        assertThat(a(new Layers(locked, mode(Mode.ENFORCE, false), Policy.NONE)).mode())
                .isEqualTo(Mode.ENFORCE);
    }

    @Test
    void the_configuration_can_lock_what_administrators_then_cannot_weaken() {
        configuration.put("weir.interceptors.a.locked", "true");

        assertThat(a(new Layers(mode(Mode.OFF, false), level("9"), Policy.NONE)).mode())
                .isEqualTo(Mode.ENFORCE);
        assertThat(level(new Layers(level("9"), Policy.NONE, Policy.NONE))).isEqualTo("1 default");
    }

    @Test
    void a_locked_order_is_not_changed_below() {
        Policy locked = new Policy(Optional.of(List.of("b", "a")), true, Map.of());
        Layers layers = new Layers(locked, order("a", "b"), Policy.NONE);

        assertThat(pipeline.plan(layers).all()).extracting(InForce::name).containsExactly("b", "a");
        assertThat(pipeline.orderFrom(layers)).isEqualTo(Origin.INSTALLATION);
    }

    @Test
    void a_stage_reads_what_is_in_force() {
        FakeBranch branch = new FakeBranch();
        StringBuilder read = new StringBuilder();
        StreamInterceptor reading = new StreamInterceptor() {
            @Override
            public String name() {
                return "reading";
            }

            @Override
            public Stage open(BranchContext context, Stage next) {
                read.append(context.setting("level", "1")).append(context.mode().word());
                return next;
            }
        };
        Policy said = says("reading", new Tuning(Optional.of(Mode.REPORT), Map.of("level", "7"), false));
        Policies policies = (organisation, room) ->
                organisation.equals("o") && room.equals("r") ? Layers.NONE.with(Scope.Kind.ROOM, said) : Layers.NONE;

        new Pipeline(List.of(reading), key -> Optional.empty(), policies).open(branch, branch);

        assertThat(read).hasToString("7report");
    }

    @Test
    void runs_nothing_where_nobody_can_say_what_should_run() {
        FakeBranch branch = new FakeBranch();
        Plan plan = new Pipeline(List.of(new Named("a")), key -> Optional.empty(), (organisation, room) -> {
                    throw new PolicyUnknown(Scope.INSTALLATION, new IllegalStateException("no database"));
                })
                .plan("o", "r");

        assertThat(plan.declared()).isEmpty();
        assertThatThrownBy(() -> plan.open(branch, branch)).isInstanceOf(PolicyUnknown.class);
        assertThatThrownBy(() -> plan.only(it -> true).open(branch, branch)).isInstanceOf(PolicyUnknown.class);
    }

    @Test
    void what_is_locked_at_first_is_not_switched_off_below_unless_the_installation_unlocks_it() {
        Pipeline pipeline = new Pipeline(List.of(new UsageMeter()), key -> Optional.ofNullable(configuration.get(key)));
        Policy off = says("meter", new Tuning(Optional.of(Mode.OFF), Map.of(), false));
        Policy unlocked = says("meter", new Tuning(Optional.empty(), Map.of(), Optional.of(false)));
        Layers below = new Layers(Policy.NONE, off, off);

        InForce meter = pipeline.plan(below).find("meter").orElseThrow();
        assertThat(meter.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(meter.lockedFor(Scope.Kind.ORGANISATION)).hasValue(Origin.INSTALLATION);
        assertThat(meter.lockedFor(Scope.Kind.INSTALLATION)).isEmpty();

        assertThat(pipeline.plan(below.with(Scope.Kind.INSTALLATION, unlocked)).declared())
                .isEmpty();
        assertThat(pipeline.plan(Layers.NONE.with(Scope.Kind.INSTALLATION, off)).declared())
                .isEmpty();
        configuration.put("weir.interceptors.meter.locked", "false");
        assertThat(pipeline.plan(below).declared()).isEmpty();
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Combinators.combine(
                        Arbitraries.of(Mode.class).optional(),
                        Arbitraries.of("1", "2", "3").optional(),
                        Arbitraries.of(true, false))
                .as((mode, level, locked) -> says(
                        "a",
                        new Tuning(mode, level.map(it -> Map.of("level", it)).orElse(Map.of()), locked)));
    }

    @Property
    void nobody_below_a_lock_weakens_it(
            @ForAll("policies") Policy installation,
            @ForAll("policies") Policy organisation,
            @ForAll("policies") Policy room) {
        Layers wide = new Layers(installation, Policy.NONE, Policy.NONE);
        Layers all = new Layers(installation, organisation, room);

        if (installation.of("a").locked().orElse(false)) {
            assertThat(a(wide).mode().isStricterThan(a(all).mode())).isFalse();
            assertThat(level(all)).isEqualTo(level(wide));
        }
        Layers two = new Layers(installation, organisation, Policy.NONE);
        if (organisation.of("a").locked().orElse(false)) {
            assertThat(a(two).mode().isStricterThan(a(all).mode())).isFalse();
            assertThat(level(all)).isEqualTo(level(two));
        }
    }
}
