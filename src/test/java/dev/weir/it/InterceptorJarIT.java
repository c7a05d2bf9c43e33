package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar with one CDI bean, put into the WAR, works on every answer from then on, and its settings can be changed. */
final class InterceptorJarIT {

    private static final String SOURCE = """
            package org.example.shout;

            import dev.weir.pipeline.BranchContext;
            import dev.weir.pipeline.Setting;
            import dev.weir.pipeline.Stage;
            import dev.weir.pipeline.StreamInterceptor;
            import jakarta.annotation.Priority;
            import jakarta.enterprise.context.ApplicationScoped;
            import java.util.List;
            import java.util.Locale;
            import java.util.Optional;

            @ApplicationScoped
            @Priority(2000)
            public class Shout implements StreamInterceptor {

                @Override
                public String name() {
                    return "shout";
                }

                @Override
                public List<Setting> settings() {
                    return List.of(
                            Setting.choice("voice", "loud", "How it speaks", "loud", "quiet"),
                            Setting.text("last-word", "", "What it adds to an answer; at most 20 characters"));
                }

                @Override
                public Optional<String> problem(String key, String value) {
                    return key.equals("last-word") && value.length() > 20
                            ? Optional.of("The last word has at most 20 characters.")
                            : Optional.empty();
                }

                @Override
                public Stage open(BranchContext branch, Stage next) {
                    boolean loud = branch.setting("voice", "loud").equals("loud");
                    String lastWord = branch.setting("last-word", "");
                    return new Stage() {
                        @Override
                        public void delta(String text) {
                            next.delta(loud ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
                        }

                        @Override
                        public void end() {
                            if (!lastWord.isEmpty()) {
                                next.delta(lastWord);
                            }
                            next.end();
                        }
                    };
                }
            }
            """;

    @Test
    void finds_an_interceptor_in_an_added_jar(@TempDir Path temp) throws IOException {
        Path war = AddedJar.war(temp, "org.example.shout.Shout", SOURCE);
        try (WeirServer server = WeirServer.start(Map.of(), war)) {
            WeirClient admin = server.client("admin");
            String room = admin.room("quick");
            try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
                reader.begun();
                String text = ask(admin, room, reader);

                assertThat(text).isNotBlank().isEqualTo(text.toUpperCase(Locale.ROOT));
                assertThat(declared(reader)).containsSubsequence("meter", "length", "shout");
                assertThat(settings(admin)).containsExactly("voice", "last-word");
                assertThat(admin.get("/admin/interceptors").body())
                        .contains("How it speaks", "What it adds to an answer; at most 20 characters");

                setting(admin, "quiet", "This is far more than one word.", 400);
                setting(admin, "quiet", "amen", 200);

                assertThat(ask(admin, room, reader))
                        .endsWith("amen")
                        .satisfies(it -> assertThat(it).isEqualTo(it.toLowerCase(Locale.ROOT)));

                set(admin, "{\"order\":[\"meter\",\"shout\",\"length\"]}", 200);
                ask(admin, room, reader);
                assertThat(declared(reader)).containsSubsequence("meter", "shout", "length");
            }
        }
    }

    private static String ask(WeirClient admin, String room, RoomReader reader) {
        String turn = admin.prompt(room, "What is a weir?").path("turn").asText();
        return reader.answer(turn).text;
    }

    private static List<String> settings(WeirClient admin) {
        JsonNode all = WeirClient.parse(admin.get("/api/interceptors").body()).path("interceptors");
        for (JsonNode it : all) {
            if (it.path("name").asText().equals("shout")) {
                return it.path("settings").findValuesAsText("key");
            }
        }
        throw new AssertionError(all.toString());
    }

    private static void setting(WeirClient admin, String voice, String lastWord, int status) {
        set(
                admin,
                "{\"interceptors\":{\"shout\":{\"settings\":{\"voice\":\"" + voice + "\",\"last-word\":\"" + lastWord
                        + "\"}}}}",
                status);
    }

    private static void set(WeirClient admin, String policy, int status) {
        HttpResponse<String> response = admin.call("PUT", "/api/interceptors/policies/installation", policy);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    private static List<String> declared(RoomReader reader) {
        JsonNode started = reader.events("turn-started").getLast();
        return Stream.of(started.path("interceptors"))
                .flatMap(it -> java.util.stream.StreamSupport.stream(it.spliterator(), false))
                .map(it -> it.path("name").asText())
                .toList();
    }
}
