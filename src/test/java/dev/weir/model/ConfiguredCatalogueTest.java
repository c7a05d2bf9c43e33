package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredCatalogueTest {

    private static final Map<String, String> FAST = Map.of(
            "weir.models", "fast",
            "weir.models.fast.provider", "openai",
            "weir.models.fast.base-url", "http://127.0.0.1:1/v1/",
            "weir.models.fast.model", "gpt-fast");

    private static List<String> mistakes(Map<String, String> values) {
        InvalidModelConfiguration invalid =
                catchThrowableOfType(InvalidModelConfiguration.class, () -> ConfiguredCatalogue.of(values));
        assertThat(invalid).isNotNull();
        return invalid.mistakes();
    }

    private static Map<String, String> with(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(FAST);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }

    @Test
    void without_configuration_there_are_three_demo_models() {
        List<ModelSpec> specs = ConfiguredCatalogue.of(Map.of()).specs();
        assertThat(specs).extracting(ModelSpec::name).containsExactly("quick", "careful", "coder");
        assertThat(specs)
                .allMatch(ModelSpec::demonstration)
                .extracting(ModelSpec::label)
                .contains("Quick (demo)");
    }

    @Test
    void the_demo_models_can_be_adjusted_without_naming_them() {
        ConfiguredCatalogue catalogue =
                ConfiguredCatalogue.of(Map.of("weir.models.quick.pace", "0", "weir.models.quick.label", "Zippy"));
        assertThat(catalogue.specs().getFirst().label()).isEqualTo("Zippy");
    }

    @Test
    void reads_every_key() {
        ConfiguredCatalogue catalogue = ConfiguredCatalogue.of(with(
                "weir.models", "slow, fast",
                "weir.models.slow.provider", "demo",
                "weir.models.slow.model", "careful",
                "weir.models.fast.api-key", "secret-key",
                "weir.models.fast.label", "Fast",
                "weir.models.fast.description", "For everything",
                "weir.models.fast.price.input", "0.50",
                "weir.models.fast.price.output", "1.5",
                "weir.models.fast.context-window", "128000",
                "weir.models.fast.on-premise", "true",
                "weir.models.fast.idle-timeout", "PT20S",
                "weir.models.fast.connect-timeout", "PT3S",
                "weir.models.fast.max-output-tokens", "2000",
                "weir.models.fast.temperature", "0.2"));
        assertThat(catalogue.specs().get(1))
                .isEqualTo(new ModelSpec(
                        "fast",
                        "openai",
                        "gpt-fast",
                        "Fast",
                        "For everything",
                        new ModelSpec.Price(new BigDecimal("0.50"), new BigDecimal("1.5")),
                        128_000,
                        true,
                        Duration.ofSeconds(20)));
        assertThat(catalogue.specs()).extracting(ModelSpec::name).containsExactly("slow", "fast");
        assertThat(catalogue.model("slow").orElseThrow().spec().label()).isEqualTo("slow (demo)");
        assertThat(catalogue.model("none")).isEmpty();
        assertThat(catalogue.model("fast").orElseThrow().toString()).doesNotContain("secret-key");
        catalogue.close();
    }

    @Test
    void has_sensible_defaults() {
        ModelSpec spec = ConfiguredCatalogue.of(FAST).specs().getFirst();
        assertThat(spec.label()).isEqualTo("fast");
        assertThat(spec.idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(spec.price()).isEqualTo(ModelSpec.Price.FREE);
        assertThat(spec.onPremise()).isFalse();
    }

    @Test
    void tells_all_mistakes_at_once_by_key() {
        assertThat(mistakes(with(
                        "weir.models", "fast,Bad Name,fast,lost,other,later",
                        "weir.models.fast.price.input", "cheap",
                        "weir.models.fast.context-window", "-1",
                        "weir.models.fast.on-premise", "maybe",
                        "weir.models.fast.idle-timeout", "60",
                        "weir.models.fast.temperature", "3",
                        "weir.models.fast.colour", "blue",
                        "weir.models.fast.pace", "3",
                        "weir.models.other.provider", "wizard",
                        "weir.models.later.provider", "anthropic",
                        "weir.models.typo.model", "x")))
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).startsWith("weir.models: “Bad Name”"),
                        text -> assertThat(text).isEqualTo("weir.models: “fast” is there twice."),
                        text -> assertThat(text).startsWith("weir.models.fast.price.input: “cheap”"),
                        text -> assertThat(text).startsWith("weir.models.fast.context-window: “-1”"),
                        text -> assertThat(text).startsWith("weir.models.fast.on-premise: “maybe”"),
                        text -> assertThat(text).startsWith("weir.models.fast.idle-timeout: “60”"),
                        text -> assertThat(text).startsWith("weir.models.fast.temperature: “3”"),
                        text -> assertThat(text).isEqualTo("weir.models.fast.colour: there is no such key."),
                        text -> assertThat(text).startsWith("weir.models.fast.pace: the provider “openai” has no"),
                        text -> assertThat(text).startsWith("weir.models.lost.provider: say which provider"),
                        text -> assertThat(text).contains("weir.models.other.provider", "is not known"),
                        text -> assertThat(text).contains("weir.models.later.provider", "not in this build yet"),
                        text -> assertThat(text).startsWith("weir.models.typo.model: there is no model “typo”"));
    }

    @Test
    void openai_itself_needs_a_key_and_every_model_a_name() {
        assertThat(mistakes(Map.of("weir.models", "fast", "weir.models.fast.provider", "openai")))
                .anyMatch(text -> text.startsWith("weir.models.fast.api-key: OpenAI needs a key"))
                .anyMatch(text -> text.startsWith("weir.models.fast.model: say what"));
    }

    @Test
    void never_shows_what_may_be_secret() {
        List<String> mistakes = mistakes(with(
                "weir.models.fast.api-key", "my secret",
                "weir.models.fast.base-url", "https://me:secret@host/v1"));
        assertThat(mistakes).hasSize(2).noneMatch(text -> text.contains("secret"));
        assertThat(new Secret("abc-secret").toString()).doesNotContain("secret");
    }
}
