package dev.weir.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.it.WeirServer;
import dev.weir.upstream.FakeUpstream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What others wrote for OpenAI, unchanged, against our door. */
class OpenAiClientsIT {

    private final WeirServer server = WeirServer.shared();

    @Test
    void serves_openai_s_client_and_the_ai_sdk() throws IOException {
        Node.test("openai.test.mjs", server);

        JsonNode passed = request("What is this?");
        assertThat(passed.path("messages").findValuesAsText("role"))
                .containsExactly("system", "user", "assistant", "user");
        JsonNode parts = passed.path("messages").path(3).path("content");
        assertThat(parts.path(0).path("text").asText()).contains("What is this?");
        assertThat(parts.path(1).path("image_url").path("url").asText()).startsWith("data:image/png;base64,iVBOR");
        assertThat(parts.path(1).path("image_url").path("detail").asText()).isEqualTo("low");
        assertThat(passed.path("temperature").asDouble()).isEqualTo(0.3);
        assertThat(passed.path("max_tokens").asInt()).isEqualTo(77);
        assertThat(passed.path("stop").path(0).asText()).isEqualTo("END");
        assertThat(passed.path("seed").asInt()).isEqualTo(5);
        assertThat(passed.path("response_format").path("type").asText()).isEqualTo("json_object");
        JsonNode tools = request("[[tool=weather]]").path("tools");
        assertThat(tools.path(0).path("function").path("name").asText()).isEqualTo("weather");
    }

    private JsonNode request(String text) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (FakeUpstream.Received request : server.upstream().requests().reversed()) {
            if (request.body().contains(text)) {
                return json.readTree(request.body());
            }
        }
        throw new AssertionError("No request with " + text);
    }
}
