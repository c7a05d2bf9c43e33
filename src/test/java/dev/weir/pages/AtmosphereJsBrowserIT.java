package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.clients.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** npm's {@code atmosphere.js} in a page of the same origin. */
class AtmosphereJsBrowserIT extends Screen {

    private static final String FOLLOW = """
            const [room, transport, done] = arguments;
            let cursor = '', text = '', again = false, snapshots = 0;
            const deltas = [];
            atmosphere.subscribe({
              url: `stream/rooms/${room}`, transport, contentType: 'application/json', reconnect: true, reconnectInterval: 50,
              headers: { get cursor() { return cursor; } },
            }, {
              message({ responseBody }) {
                const frame = JSON.parse(responseBody);
                if (!frame.events) return;
                if (frame.snapshot) snapshots++;
                cursor = frame.cursor;
                for (const event of frame.events) {
                  if (event.type === 'delta') { text += event.text; deltas.push(event.seq); }
                  if (event.type === 'message' && event.from.kind === 'model') {
                    done({ text, final: event.text, deltas: deltas.length, distinct: new Set(deltas).size, snapshots });
                  }
                }
              },
            }).then((subscription) => subscription.push({ id: 'ask', command: 'prompt', text: '/demo long 60', model: 'quick' }));
            """;

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "sse", "long-polling"})
    void follows_a_room_and_prompts(String transport) throws IOException {
        open("");
        browser.script(Files.readString(Node.home().resolve("node_modules/atmosphere.js/dist/atmosphere.global.js")));

        Map<?, ?> told = (Map<?, ?>) browser.asyncScript(FOLLOW, anna.room("quick"), transport);

        assertThat(told.get("text")).isEqualTo(told.get("final"));
        assertThat(told.get("deltas")).isEqualTo(told.get("distinct"));
        assertThat(told.get("snapshots")).isEqualTo(1L);
        assertThat(String.valueOf(told.get("final")).split("\\s+")).hasSizeGreaterThanOrEqualTo(60);
    }
}
