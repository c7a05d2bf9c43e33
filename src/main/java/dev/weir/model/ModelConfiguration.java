package dev.weir.model;

import dev.weir.model.demo.DemoModel;
import dev.weir.model.demo.Persona;
import dev.weir.model.openai.OpenAiModel;
import dev.weir.model.openai.OpenAiSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Makes the models out of the configuration's keys. */
final class ModelConfiguration {

    private static final String OPENAI = "https://api.openai.com/v1";
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int CONTEXT_WINDOW = 8192;
    private static final Set<String> PLANNED = Set.of("anthropic", "gemini", "mistral", "ollama");
    private static final Set<String> COMMON = Set.of(
            "provider",
            "model",
            "label",
            "description",
            "price.input",
            "price.cached-input",
            "price.output",
            "context-window",
            "on-premise",
            "idle-timeout",
            "prefill");
    private static final Set<String> OPENAI_ONLY =
            Set.of("base-url", "api-key", "connect-timeout", "max-output-tokens", "temperature");
    private static final Set<String> DEMO_ONLY = Set.of("pace");

    private final ModelKeys keys;
    private final boolean listed;

    ModelConfiguration(ModelKeys keys) {
        this.keys = keys;
        this.listed = keys.text(ModelKeys.LIST).isPresent();
    }

    /**
     * The models in the configuration's order.
     *
     * @throws InvalidModelConfiguration when anything is wrong
     */
    List<StreamingModel> models() {
        List<String> names = names();
        refuseStrayKeys(names);
        List<StreamingModel> models = new ArrayList<>();
        names.forEach(name -> model(name).ifPresent(models::add));
        if (!keys.mistakes().isEmpty()) {
            throw new InvalidModelConfiguration(keys.mistakes());
        }
        return models;
    }

    private List<String> names() {
        if (!listed) {
            return Persona.names();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String part : keys.text(ModelKeys.LIST).orElseThrow().split(",", -1)) {
            String name = part.strip();
            if (!name.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
                keys.mistake(
                        ModelKeys.LIST, "“" + name + "” is no name for a model; use small letters, digits, - and _.");
            } else if (!names.add(name)) {
                keys.mistake(ModelKeys.LIST, "“" + name + "” is there twice.");
            }
        }
        return List.copyOf(names);
    }

    private void refuseStrayKeys(List<String> names) {
        for (String key : keys.names()) {
            String[] parts = key.substring(ModelKeys.LIST.length() + 1).split("\\.", 2);
            if (!names.contains(parts[0])) {
                keys.mistake(key, "there is no model “" + parts[0] + "” in " + ModelKeys.LIST + ".");
            } else if (parts.length < 2 || !known(parts[1])) {
                keys.mistake(key, "there is no such key.");
            }
        }
    }

    private static boolean known(String key) {
        return COMMON.contains(key) || OPENAI_ONLY.contains(key) || DEMO_ONLY.contains(key);
    }

    private Optional<StreamingModel> model(String name) {
        String key = key(name, "provider");
        Optional<String> provider = keys.text(key).or(() -> listed ? Optional.empty() : Optional.of("demo"));
        if (provider.isEmpty()) {
            keys.mistake(key, "say which provider the model has: demo or openai.");
            return Optional.empty();
        }
        return switch (provider.get()) {
            case "demo" -> demo(name);
            case "openai" -> openAi(name);
            default -> {
                String what = PLANNED.contains(provider.get()) ? " is not in this build yet" : " is not known";
                keys.mistake(key, "the provider “" + provider.get() + "”" + what + "; use demo or openai.");
                yield Optional.empty();
            }
        };
    }

    private Optional<StreamingModel> demo(String name) {
        refuseForeign(name, OPENAI_ONLY, "demo");
        String model = keys.text(key(name, "model")).orElse(Persona.names().contains(name) ? name : "quick");
        Optional<Persona> persona = Persona.named(model);
        if (persona.isEmpty()) {
            keys.mistake(
                    key(name, "model"),
                    "there is no demo model “" + model + "”; use " + String.join(", ", Persona.names()) + ".");
            return Optional.empty();
        }
        Persona chosen = persona.get();
        ModelSpec spec = spec(
                name,
                "demo",
                model,
                new Defaults(
                        listed && !name.equals(model) ? name + " (demo)" : chosen.label(),
                        chosen.description(),
                        chosen.price(),
                        chosen.contextWindow(),
                        true));
        Duration pace = keys.whole(key(name, "pace"), 0).map(Duration::ofMillis).orElse(chosen.pace());
        return Optional.of(new DemoModel(spec, chosen, pace));
    }

    private Optional<StreamingModel> openAi(String name) {
        refuseForeign(name, DEMO_ONLY, "openai");
        int mistakes = keys.mistakes().size();
        String model = keys.text(key(name, "model")).orElse("");
        if (model.isEmpty()) {
            keys.mistake(key(name, "model"), "say what the provider calls the model.");
        }
        URI baseUrl = baseUrl(name);
        OpenAiSettings settings = new OpenAiSettings(
                baseUrl,
                apiKey(name, OPENAI.equals(baseUrl.toString())),
                keys.time(key(name, "connect-timeout"), CONNECT_TIMEOUT),
                keys.whole(key(name, "max-output-tokens"), 1)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                keys.number(key(name, "temperature"), "0", "2")
                        .map(value -> OptionalDouble.of(value.doubleValue()))
                        .orElse(OptionalDouble.empty()));
        ModelSpec spec =
                spec(name, "openai", model, new Defaults(name, "", ModelSpec.Price.FREE, CONTEXT_WINDOW, false));
        return keys.mistakes().size() > mistakes ? Optional.empty() : Optional.of(new OpenAiModel(spec, settings));
    }

    private void refuseForeign(String name, Set<String> foreign, String provider) {
        for (String suffix : foreign) {
            if (keys.text(key(name, suffix)).isPresent()) {
                keys.mistake(key(name, suffix), "the provider “" + provider + "” has no such key.");
            }
        }
    }

    private URI baseUrl(String name) {
        String key = key(name, "base-url");
        String text = keys.text(key).orElse(OPENAI);
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, without the value: a key may be hidden in it.
        }
        keys.mistake(key, "should be an address such as " + OPENAI + ", with no user name, password or query in it.");
        return URI.create(OPENAI);
    }

    private Optional<Secret> apiKey(String name, boolean needed) {
        String key = key(name, "api-key");
        Optional<String> value = keys.text(key);
        if (value.isEmpty() && needed) {
            keys.mistake(key, "OpenAI needs a key; for a server of your own that needs none, set base-url.");
        }
        if (value.isPresent() && !value.get().matches("[\\x21-\\x7e]+")) {
            keys.mistake(key, "has blanks or characters in it that no key has.");
            return Optional.empty();
        }
        return value.map(Secret::new);
    }

    private ModelSpec spec(String name, String provider, String model, Defaults otherwise) {
        BigDecimal input =
                keys.price(key(name, "price.input"), otherwise.price().input());
        BigDecimal cached = keys.price(key(name, "price.cached-input"), input);
        BigDecimal output =
                keys.price(key(name, "price.output"), otherwise.price().output());
        return new ModelSpec(
                name,
                provider,
                model,
                keys.text(key(name, "label")).orElse(otherwise.label()),
                keys.text(key(name, "description")).orElse(otherwise.description()),
                new ModelSpec.Price(input, cached, output),
                keys.whole(key(name, "context-window"), 256).orElse(otherwise.contextWindow()),
                keys.flag(key(name, "on-premise"), otherwise.onPremise()),
                keys.time(key(name, "idle-timeout"), IDLE_TIMEOUT),
                keys.flag(key(name, "prefill"), true));
    }

    private record Defaults(
            String label, String description, ModelSpec.Price price, int contextWindow, boolean onPremise) {}

    private static String key(String name, String suffix) {
        return ModelKeys.LIST + "." + name + "." + suffix;
    }
}
