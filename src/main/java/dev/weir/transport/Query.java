package dev.weir.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a query string; of a repeated one, the first. */
record Query(Map<String, String> parameters) {

    static Query of(@Nullable String text) {
        Map<String, String> parameters = new HashMap<>();
        if (text != null) {
            for (String pair : text.split("&", 64)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return new Query(parameters);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    Optional<String> first(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
