package dev.weir.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates at a fake provider: {@code fr:} in front of the sentence. Remembers what it was asked. Thread-safe. */
public final class Translations {

    private static final Pattern INTO = Pattern.compile("You translate chat answers.*\\(([A-Za-z-]+)\\)\\.");

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile String held = "";
    private volatile String failing = "";
    private final Map<String, String> saying = new ConcurrentHashMap<>();

    private record Asked(String language, String sentence) {}

    private Translations() {}

    /** Takes over what the provider is asked to translate from now on. */
    public static Translations at(FakeUpstream upstream) {
        Translations translations = new Translations();
        upstream.firstOf(translations::script);
        return translations;
    }

    /** Never answers for this sentence. */
    public Translations holding(String sentence) {
        held = sentence;
        return this;
    }

    /** Fails for this sentence. */
    public Translations failing(String sentence) {
        failing = sentence;
        return this;
    }

    /** Says this for that sentence. */
    public Translations saying(String sentence, String translation) {
        saying.put(sentence, translation);
        return this;
    }

    /** The sentences it was asked for in a language. */
    public List<String> asked(String language) {
        return asked.stream()
                .filter(it -> it.language().equals(language))
                .map(Asked::sentence)
                .toList();
    }

    private Optional<Script> script(String body) {
        JsonNode messages = Wire.parse(body).path("messages");
        Matcher into = INTO.matcher(messages.path(0).path("content").asText());
        if (!into.find()) {
            return Optional.empty();
        }
        String sentence = messages.path(messages.size() - 1).path("content").asText();
        asked.add(new Asked(into.group(1), sentence));
        if (sentence.equals(held)) {
            return Optional.of(Script.begin().open().hang());
        }
        return Optional.of(
                sentence.equals(failing)
                        ? Script.status(500, "{\"error\":{\"message\":\"as the test asked\"}}")
                        : Script.answer(saying.getOrDefault(sentence, into.group(1) + ":" + sentence)
                                .split("(?<= )")));
    }
}
