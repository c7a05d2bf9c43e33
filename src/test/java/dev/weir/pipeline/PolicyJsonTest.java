package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyJsonTest {

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<Tuning> tunings = Combinators.combine(
                        Arbitraries.of(Mode.class).optional(),
                        Arbitraries.maps(names(), Arbitraries.strings().ofMaxLength(9))
                                .ofMaxSize(3),
                        Arbitraries.of(true, false))
                .as(Tuning::new);
        return Combinators.combine(
                        names().list().ofMaxSize(4).optional(),
                        Arbitraries.of(true, false),
                        Arbitraries.maps(names(), tunings).ofMaxSize(3))
                .as(Policy::new);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6);
    }

    @Property
    void reads_what_it_wrote(@ForAll("policies") Policy policy) {
        assertThat(PolicyJson.parse(PolicyJson.object(policy).toString())).isEqualTo(policy);
    }

    @Test
    void takes_numbers_and_truth_values_for_their_texts() {
        Policy policy = PolicyJson.parse("""
                {"interceptors":{"a":{"settings":{"n":12,"f":true}}}}""");

        assertThat(policy.of("a")).isEqualTo(new Tuning(Optional.empty(), Map.of("n", "12", "f", "true"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"ordr\":[]}",
                "{\"order\":\"a\"}",
                "{\"order\":[1]}",
                "{\"orderLocked\":1}",
                "{\"interceptors\":[]}",
                "{\"interceptors\":{\"a\":1}}",
                "{\"interceptors\":{\"a\":{\"modus\":\"off\"}}}",
                "{\"interceptors\":{\"a\":{\"mode\":\"of\"}}}",
                "{\"interceptors\":{\"a\":{\"settings\":{\"k\":{}}}}}",
                "{\"interceptors\":{\"a\":{\"settings\":{\"k\":null}}}}"
            })
    void says_what_is_wrong_with_what_is_no_policy(String json) {
        assertThatThrownBy(() -> PolicyJson.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).+\\.");
    }
}
