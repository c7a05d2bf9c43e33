package dev.weir.model.openai;

import dev.weir.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How to reach one model of a provider that speaks OpenAI's chat completions.
 *
 * @param baseUrl where {@code chat/completions} is, as {@code https://api.openai.com/v1}
 * @param apiKey empty for servers that want none
 * @param connectTimeout how long making a connection may take
 * @param maxOutputTokens the most tokens an answer may have; empty: the provider decides
 * @param temperature 0 to 2; empty: the provider decides
 */
public record OpenAiSettings(
        URI baseUrl,
        Optional<Secret> apiKey,
        Duration connectTimeout,
        OptionalInt maxOutputTokens,
        OptionalDouble temperature) {

    static final String OPENAI_HOST = "api.openai.com";

    /** OpenAI's own service, which calls some parameters differently from those that imitate it. */
    boolean openAiItself() {
        return OPENAI_HOST.equals(baseUrl.getHost());
    }

    /** The text without anything secret. */
    String cover(String text) {
        return apiKey.map(key -> key.coverIn(text)).orElseGet(() -> Secret.coverKeys(text));
    }
}
