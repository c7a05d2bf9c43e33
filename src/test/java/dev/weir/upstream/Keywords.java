package dev.weir.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scripts written in the last user message, for tests that only have a browser: {@code [[words=50 pace=20 end=reset]]}.
 *
 * <ul>
 *   <li>{@code say="some text"} the text, word by word; {@code words=N} that many numbered words, without
 *       those that the last message, an assistant's, has already; {@code chars=N} that many one-letter deltas; {@code huge=N} one delta of that many letters
 *   <li>{@code pace=MS} between deltas; {@code before=MS} ahead of the headers; {@code hold=NAME} after the deltas, until
 *       {@code POST /control/release/NAME}; {@code first=NAME} the same ahead of the headers
 *   <li>{@code end=} {@code done} (default), {@code reset}, {@code close}, {@code cut} (body ends, no finish reason),
 *       {@code error}, {@code hang}
 *   <li>{@code tool=NAME} asks for that tool with {@code {"city":"Bern"}}; when the last message is a tool's result, the
 *       answer is {@code The tool said: } and that result instead
 *   <li>{@code finish=REASON}, {@code usage=INPUT,OUTPUT}, {@code status=CODE}, {@code retry-after=VALUE},
 *       {@code split} every byte alone, {@code crlf}
 * </ul>
 */
final class Keywords {

    private static final Pattern BRACKETS = Pattern.compile("\\[\\[(.*?)]]", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("([a-z-]+)(?:=(?:\"([^\"]*)\"|(\\S+)))?");

    private final Map<String, String> words = new LinkedHashMap<>();

    /** The beginning of the answer, which the caller has already. */
    private final String had;

    private Keywords(String text, String had) {
        this.had = had;
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.put(matcher.group(1), matcher.group(2) != null ? matcher.group(2) : value(matcher.group(3)));
        }
    }

    private static String value(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }

    static Optional<Script> script(String body) {
        Matcher brackets = BRACKETS.matcher(lastUserText(body));
        if (!brackets.find()) {
            return Optional.empty();
        }
        JsonNode messages = Wire.parse(body).path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        boolean goesOn = last.path("role").asText().equals("assistant");
        Keywords keywords =
                new Keywords(brackets.group(1), goesOn ? last.path("content").asText() : "");
        return Optional.of(
                last.path("role").asText().equals("tool")
                        ? Script.answer("The tool said: ", last.path("content").asText())
                        : keywords.script());
    }

    private static String lastUserText(String body) {
        String last = "";
        for (JsonNode message : Wire.parse(body).path("messages")) {
            if (message.path("role").asText().equals("user")) {
                JsonNode content = message.path("content");
                last = content.isTextual()
                        ? content.asText()
                        : content.path(0).path("text").asText();
            }
        }
        return last;
    }

    private Script script() {
        if (words.containsKey("status")) {
            Script refusal = Script.status(number("status", 500), "{\"error\":{\"message\":\"as the test asked\"}}");
            return words.containsKey("retry-after") ? refusal.header("Retry-After", word("retry-after")) : refusal;
        }
        if (words.containsKey("tool")) {
            return toolCall(word("tool"));
        }
        Script script = Script.begin();
        if (words.containsKey("split")) {
            script.everyByteAlone();
        }
        if (words.containsKey("crlf")) {
            script.lineEnd("\r\n");
        }
        if (words.containsKey("first")) {
            script.hold(word("first"));
        }
        script.pause(Duration.ofMillis(number("before", 0)));
        text(script.open());
        if (words.containsKey("hold")) {
            script.hold(word("hold"));
        }
        return end(script);
    }

    /** The arguments in two pieces, as providers send them. */
    private static Script toolCall(String name) {
        String call =
                "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,%s}]},\"finish_reason\":null}]}";
        String begin = "\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"" + name
                + "\",\"arguments\":\"{\\\"city\\\":\"}";
        String rest = "\"function\":{\"arguments\":\"\\\"Bern\\\"}\"}";
        return Script.begin()
                .data(call.formatted(begin))
                .data(call.formatted(rest))
                .finish("tool_calls")
                .usage(40, 12)
                .done();
    }

    private void text(Script script) {
        Duration pace = Duration.ofMillis(number("pace", 0));
        String[] said = word("say").split("(?<= )");
        for (String piece : word("say").isEmpty() ? new String[0] : said) {
            script.deltas(piece).pause(pace);
        }
        words(script, pace);
        if (words.containsKey("chars")) {
            script.repeat("x", number("chars", 0), pace);
        }
        if (words.containsKey("huge")) {
            script.deltas("h".repeat(number("huge", 0)));
        }
    }

    private void words(Script script, Duration pace) {
        int at = 0;
        for (int i = 1; i <= number("words", 0); i++) {
            String piece = (i == 1 ? "word" : " word") + i;
            int known = Math.clamp(had.length() - at, 0, piece.length());
            if (known < piece.length()) {
                script.deltas(piece.substring(known)).pause(pace);
            }
            at += piece.length();
        }
    }

    private Script end(Script script) {
        return switch (word("end")) {
            case "reset" -> script.pause(Duration.ofMillis(300)).reset();
            case "close" -> script.close();
            case "cut" -> script.end();
            case "hang" -> script.hang();
            case "error" -> script.error("as the test asked");
            default -> finish(script);
        };
    }

    private Script finish(Script script) {
        script.finish(words.getOrDefault("finish", "stop"));
        if (words.containsKey("usage")) {
            String[] figures = word("usage").split(",", -1);
            script.usage(Integer.parseInt(figures[0]), Integer.parseInt(figures[1]));
        }
        return script.done();
    }

    private String word(String name) {
        return words.getOrDefault(name, "");
    }

    private int number(String name, int otherwise) {
        return words.containsKey(name) ? Integer.parseInt(word(name)) : otherwise;
    }
}
