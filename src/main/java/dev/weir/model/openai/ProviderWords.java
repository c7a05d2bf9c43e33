package dev.weir.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a provider wrote about an error, made fit to be shown: {@code {"error":{"message":…,"code":…}}}, or the looser
 * forms of its imitators ({@code {"error":"…"}}, {@code {"message":…}}, {@code {"detail":…}}).
 *
 * @param message without keys, in one line; empty when there is none
 * @param code the provider's code or type, in lower case; empty when there is none
 */
record ProviderWords(String message, String code) {

    private static final int MAX_SHOWN = 300;
    private static final int MAX_LOGGED = 1000;

    static ProviderWords of(String body, UnaryOperator<String> cover) {
        JsonNode root = Chunk.tree(body);
        JsonNode error = root.path("error").isObject() ? root.path("error") : root;
        String message = first(error, "message", "detail", "error");
        String code = first(error, "code", "type");
        String text = message.isEmpty() ? body : message;
        return new ProviderWords(cover.apply(text.replaceAll("\\s+", " ").strip()), code.toLowerCase(Locale.ROOT));
    }

    /** The message, when a user can be shown it: short, plain, without markup, keys or addresses. */
    Optional<String> showable() {
        boolean plain = !message.isEmpty()
                && message.length() <= MAX_SHOWN
                && message.indexOf('<') < 0
                && message.indexOf('{') < 0
                && !message.contains("://")
                && !message.contains("•••")
                && message.chars().noneMatch(Character::isISOControl);
        return plain ? Optional.of(message) : Optional.empty();
    }

    String loggable() {
        return message.length() <= MAX_LOGGED ? message : message.substring(0, MAX_LOGGED) + "…";
    }

    boolean contextTooLong() {
        String text = message.toLowerCase(Locale.ROOT);
        return code.contains("context_length")
                || text.contains("context length")
                || text.contains("context window")
                || text.contains("prompt is too long");
    }

    boolean quotaUsedUp() {
        return code.contains("insufficient_quota") || code.contains("billing");
    }

    private static String first(JsonNode node, String... names) {
        for (String name : names) {
            if (node.path(name).isTextual() && !node.path(name).textValue().isBlank()) {
                return node.path(name).textValue();
            }
        }
        return "";
    }
}
