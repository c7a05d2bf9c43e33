package dev.weir.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.Script;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider that tells stories and, when it is given the beginning of an answer, goes on from there; what it was given
 * that is no beginning of the story, it notes. Thread-safe.
 */
final class StoryTeller implements Function<String, Optional<Script>> {

    private static final Pattern ASKED = Pattern.compile("Tell me story (\\w+)\\.");

    private final long seed;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    StoryTeller(long seed) {
        this.seed = seed;
    }

    /** The question to which it tells a story. */
    static String question(Story story) {
        return "Tell me story " + story.name() + ".";
    }

    Story story(String name) {
        return Story.of(seed, name);
    }

    /** What was wrong with the beginnings of answers that it was given. */
    List<String> faults() {
        return faults;
    }

    @Override
    public Optional<Script> apply(String body) {
        JsonNode messages = WeirClient.parse(body).path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        boolean goesOn = last.path("role").asText().equals("assistant");
        JsonNode question = goesOn ? messages.path(messages.size() - 2) : last;
        Matcher asked = ASKED.matcher(text(question));
        return asked.find() ? Optional.of(script(story(asked.group(1)), goesOn ? text(last) : "")) : Optional.empty();
    }

    private Script script(Story story, String had) {
        Optional<String> rest = story.after(had);
        if (rest.isEmpty()) {
            faults.add(
                    "story " + story.name() + " was to go on after a text that is no beginning of it: \"" + had + "\"");
            return Script.status(400, "{\"error\":{\"message\":\"that is not my story\"}}");
        }
        Script script = Script.begin().pause(had.isEmpty() ? story.before() : story.pace());
        story.deltas(rest.get()).forEach(it -> script.deltas(it).pause(story.pace()));
        return script.finish("stop").usage(10, 20).done();
    }

    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isTextual()
                ? content.asText()
                : content.path(0).path("text").asText();
    }
}
