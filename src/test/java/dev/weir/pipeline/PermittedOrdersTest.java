package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.redact.Redaction;
import dev.weir.pipeline.safety.SafetyLists;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * All interceptors that need nothing from outside, together, in every order that may be chosen. What is shown only ever
 * grows, so a text that ends the same for every split has shown nothing on its way that it does not end with.
 */
class PermittedOrdersTest {

    private static final String TERM = "murkwort";
    private static final List<String> PIECES = List.of(
            "4111 1111 1111 1111",
            "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "DE89370400440532013000",
            "123-45-6789",
            TERM,
            "murk",
            "wort",
            "M\u00fbrk-wort",
            "4111 1111 1111 1112",
            "ORD-12345678",
            "ghp_",
            "+44 20 7946 0958",
            "the river ",
            "\ud83d\ude00",
            "e\u0301",
            "\u200b",
            "שלום ",
            " ",
            ". ",
            "\n\n");

    private final List<StreamInterceptor> interceptors =
            List.of(new UsageMeter(), new LengthGuard(), new SafetyLists(), new Redaction(() -> new byte[32]));

    private FakeBranch run(List<String> order, int mostCharacters, List<String> deltas) {
        Map<String, String> settings = Map.of(
                "weir.interceptors.length.max-characters",
                Integer.toString(mostCharacters),
                "weir.interceptors.safety.terms",
                "violence: " + TERM);
        Pipeline pipeline = new Pipeline(
                Order.wanted(interceptors, order), key -> Optional.ofNullable(settings.get(key)), Policies.NONE);
        FakeBranch branch = new FakeBranch();
        Chain chain = pipeline.open(branch, branch);
        for (String delta : deltas) {
            if (branch.blocks.isEmpty()) {
                chain.delta(delta);
            }
        }
        if (branch.blocks.isEmpty()) {
            chain.end();
        }
        return branch;
    }

    @Provide
    Arbitrary<List<String>> orders() {
        return Arbitraries.shuffle("length", "safety", "redact");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(12).map(it -> String.join("", it));
    }

    @Property
    void what_is_shown_and_decided_is_the_same_for_every_split(
            @ForAll("orders") List<String> order,
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 12) Integer> lengths,
            @ForAll @IntRange(min = 20, max = 400) int most) {
        FakeBranch whole = run(order, most, text.isEmpty() ? List.of() : List.of(text));
        for (List<Integer> cuts : List.of(lengths, List.of(1))) {
            FakeBranch cut = run(order, most, Splits.of(text, cuts));

            assertThat(cut.text).hasToString(whole.text.toString());
            assertThat(cut.blocks.stream().findFirst())
                    .as("the first decision counts")
                    .isEqualTo(whole.blocks.stream().findFirst());
            assertThat(cut.ends).isEqualTo(whole.ends);
        }
    }
}
