package dev.weir.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.openai.OpenAiModerationModel;
import dev.weir.model.Moderation;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Moderation behind OpenAI's {@code /moderations}, at any base URL, with the connection and the key of a chat model.
 * langchain4j says whether a text is flagged; which category it is stands in the answer's body.
 */
final class OpenAiModeration implements Moderation {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connections connections;
    private final Duration patience;
    private final OpenAiSettings settings;
    private final ModerationModel model;

    OpenAiModeration(Connections connections, Duration patience, OpenAiSettings settings, String name) {
        this.connections = connections;
        this.patience = patience;
        this.settings = settings;
        var builder = OpenAiModerationModel.builder()
                .httpClientBuilder(new Exchanges())
                .baseUrl(settings.baseUrl().toString())
                .modelName(name)
                .maxRetries(0);
        settings.apiKey().ifPresent(key -> builder.apiKey(key.reveal()));
        this.model = builder.build();
    }

    @Override
    public CompletableFuture<Flag> look(String text) {
        CompletableFuture<Flag> flag = new CompletableFuture<>();
        Exchange exchange = connections.exchange(patience);
        flag.whenComplete((done, failure) -> exchange.cancel());
        Thread.ofVirtual().name("weir-moderation").start(() -> {
            try {
                Exchanges.during(exchange, () -> flag.complete(ask(exchange, text)));
            } catch (RuntimeException e) {
                flag.completeExceptionally(new IllegalStateException(
                        "The moderation did not answer: " + settings.cover(String.valueOf(e.getMessage()))));
            }
        });
        return flag;
    }

    private Flag ask(Exchange exchange, String text) {
        boolean flagged = model.moderate(text).content().flagged();
        return flagged ? strongest(exchange.body()) : Flag.NONE;
    }

    /** The flagged category with the highest score, its words joined by hyphens. */
    static Flag strongest(String body) {
        Flag strongest = new Flag("moderation", 1);
        double highest = -1;
        JsonNode result = parse(body).path("results").path(0);
        for (var field : result.path("categories").properties()) {
            double score = result.path("category_scores").path(field.getKey()).asDouble(1);
            if (field.getValue().asBoolean() && score > highest) {
                highest = score;
                strongest = new Flag(word(field.getKey()), Math.clamp(score, 0.0, 1.0));
            }
        }
        return strongest;
    }

    private static String word(String category) {
        return category.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
