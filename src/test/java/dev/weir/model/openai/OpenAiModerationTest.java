package dev.weir.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.model.ConfiguredCatalogue;
import dev.weir.model.Moderation;
import dev.weir.model.Moderation.Flag;
import dev.weir.upstream.FakeUpstream;
import dev.weir.upstream.Script;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiModerationTest {

    private static final String KEY = "sk-kept-0f3a91c7d2";

    private final FakeUpstream upstream = FakeUpstream.start();
    private final ConfiguredCatalogue catalogue = ConfiguredCatalogue.of(Map.of(
            "weir.models", "fast",
            "weir.models.fast.provider", "openai",
            "weir.models.fast.base-url", upstream.baseUrl(),
            "weir.models.fast.api-key", KEY,
            "weir.models.fast.model", "fake"));
    private final Moderation moderation = catalogue.moderation("fast", "omni").orElseThrow();

    @AfterEach
    void stop() {
        catalogue.close();
        upstream.close();
    }

    private Flag look(String body) throws Exception {
        upstream.answer(Script.status(200, body));
        return moderation.look("Some text.").get(20, TimeUnit.SECONDS);
    }

    @Test
    void gives_the_strongest_category_that_is_flagged() throws Exception {
        Flag flag = look("""
                {"id":"m","model":"omni","results":[{"flagged":true,
                 "categories":{"hate":false,"violence/graphic":true,"self-harm":true},
                 "category_scores":{"hate":0.99,"violence/graphic":0.8,"self-harm":0.4}}]}""");

        assertThat(flag).isEqualTo(new Flag("violence-graphic", 0.8));
        FakeUpstream.Received request = upstream.requests().getFirst();
        assertThat(request.path()).isEqualTo("/v1/moderations");
        assertThat(request.body()).contains("Some text.", "omni");
        assertThat(request.headers()).containsEntry("authorization", "Bearer " + KEY);
    }

    @Test
    void gives_nothing_for_what_is_not_flagged() throws Exception {
        assertThat(
                        look(
                                "{\"results\":[{\"flagged\":false,\"categories\":{\"hate\":false},\"category_scores\":{\"hate\":0.4}}]}"))
                .isEqualTo(Flag.NONE);
        assertThat(look("{\"results\":[{\"flagged\":true}]}")).isEqualTo(new Flag("moderation", 1));
    }

    @Test
    void fails_when_the_provider_does() {
        for (Script script : new Script[] {
            Script.status(500, "{\"error\":{\"message\":\"no, " + KEY + "\"}}"),
            Script.status(200, "<html>"),
            Script.begin().reset()
        }) {
            upstream.answer(script);
            assertThatThrownBy(() -> moderation.look("Some text.").get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("did not answer")
                    .hasMessageNotContaining(KEY);
        }
    }

    @Test
    void closes_the_connection_when_nobody_waits_any_more() {
        upstream.answer(Script.begin().open().hang());
        CompletableFuture<Flag> flag = moderation.look("Some text.");
        await().until(() -> upstream.requests().size() == 1);

        flag.cancel(true);

        await().atMost(Duration.ofSeconds(10)).until(() -> upstream.openConnections() == 0);
    }
}
