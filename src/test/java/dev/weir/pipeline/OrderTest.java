package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final List<StreamInterceptor> NATURAL = List.of(
            new Named("meter", Place.MODEL),
            new Named("length"),
            new Named("redact"),
            new Named("translate"),
            new Named("audit", Place.LOG));

    private static List<String> names(List<StreamInterceptor> interceptors) {
        return interceptors.stream().map(StreamInterceptor::name).toList();
    }

    private static List<String> wanted(String... names) {
        return names(Order.wanted(NATURAL, List.of(names)));
    }

    @Test
    void takes_the_middle_in_any_order() {
        assertThat(wanted("meter", "translate", "redact", "length", "audit"))
                .containsExactly("meter", "translate", "redact", "length", "audit");
    }

    @Test
    void passes_over_names_that_nobody_has() {
        assertThat(wanted("gone", "meter", "redact", "gone-too", "length", "translate", "audit"))
                .containsExactly("meter", "redact", "length", "translate", "audit");
    }

    @Test
    void puts_an_interceptor_that_the_order_does_not_name_after_the_one_it_follows_by_priority() {
        assertThat(wanted("meter", "translate", "length", "audit"))
                .containsExactly("meter", "translate", "length", "redact", "audit");
        assertThat(wanted()).containsExactlyElementsOf(names(NATURAL));
    }

    @Test
    void keeps_each_at_its_place_whatever_was_stored() {
        assertThat(wanted("audit", "translate", "meter"))
                .containsExactly("meter", "translate", "length", "redact", "audit");
    }

    @Test
    void says_why_an_order_is_not_permitted() {
        assertThat(Order.problem(NATURAL, List.of("length", "meter")))
                .hasValueSatisfying(it -> assertThat(it)
                        .contains("\"meter\" must come before \"length\"", "what the provider sent and bills"));
        assertThat(Order.problem(NATURAL, List.of("audit", "length")))
                .hasValueSatisfying(
                        it -> assertThat(it).contains("\"audit\" must come after \"length\"", "what is let through"));
        assertThat(Order.problem(NATURAL, List.of("length", "length"))).hasValue("\"length\" is in the order twice.");
        assertThat(Order.problem(NATURAL, List.of("meter", "redact", "length", "audit")))
                .isEmpty();
    }

    @Provide
    Arbitrary<List<StreamInterceptor>> interceptors() {
        return Arbitraries.of(Place.class).list().ofMaxSize(8).map(places -> {
            List<StreamInterceptor> all = new ArrayList<>();
            for (Place place : places) {
                all.add(new Named("i" + all.size(), place));
            }
            return Order.permitted(all);
        });
    }

    @Provide
    Arbitrary<List<String>> stored() {
        return Arbitraries.integers().between(0, 11).map(it -> "i" + it).list().ofMaxSize(14);
    }

    @Property
    void whatever_was_stored_every_interceptor_stands_once_and_where_it_may(
            @ForAll("interceptors") List<StreamInterceptor> natural, @ForAll("stored") List<String> stored) {
        List<StreamInterceptor> order = Order.wanted(natural, stored);

        assertThat(order).containsExactlyInAnyOrderElementsOf(natural);
        assertThat(Order.problem(natural, names(order))).isEmpty();
    }

    @Property
    void an_order_without_a_problem_is_taken_as_it_is(
            @ForAll("interceptors") List<StreamInterceptor> natural, @ForAll("stored") List<String> stored) {
        List<String> known = stored.stream().filter(names(natural)::contains).toList();

        if (Order.problem(natural, stored).isEmpty()) {
            assertThat(names(Order.wanted(natural, stored)).stream().filter(known::contains))
                    .containsExactlyElementsOf(known);
        }
    }
}
