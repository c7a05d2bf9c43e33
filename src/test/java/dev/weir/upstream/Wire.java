package dev.weir.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 and OpenAI's chunks, as bytes. */
final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    static String delta(String text) {
        return chunk(List.of(choice(Map.of("content", text), null)), null);
    }

    static String finish(String reason) {
        return chunk(List.of(choice(Map.of(), reason)), null);
    }

    static String usage(Step.Usage told) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", told.input());
        usage.put("completion_tokens", told.output());
        usage.put("total_tokens", told.input() + told.output());
        if (told.cached() + told.reasoning() > 0) {
            usage.put("prompt_tokens_details", Map.of("cached_tokens", told.cached()));
            usage.put("completion_tokens_details", Map.of("reasoning_tokens", told.reasoning()));
        }
        return chunk(List.of(), usage);
    }

    private static Map<String, Object> choice(
            Map<String, String> delta, @org.jspecify.annotations.Nullable String end) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("finish_reason", end);
        return choice;
    }

    private static String chunk(List<?> choices, @org.jspecify.annotations.Nullable Object usage) {
        Map<String, Object> chunk = new LinkedHashMap<>();
        chunk.put("id", "chatcmpl-fake");
        chunk.put("object", "chat.completion.chunk");
        chunk.put("created", 1_700_000_000);
        chunk.put("model", "fake");
        chunk.put("choices", choices);
        if (usage != null) {
            chunk.put("usage", usage);
        }
        return "data: " + json(chunk) + "\n\n";
    }

    /** Reads one request, or throws {@link EOFException} when the client has gone. */
    static Request read(BufferedInputStream in) throws IOException {
        String[] start = line(in).split(" ", 3);
        if (start.length < 3) {
            throw new EOFException("this is no HTTP");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new EOFException("this is no HTTP");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        return new Request(start[0], start[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the client has gone");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** A request as it came. */
    record Request(String method, String path, Map<String, String> headers, String body) {}
}
