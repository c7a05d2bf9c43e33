package dev.weir.clients;

import dev.weir.it.WeirServer;
import org.junit.jupiter.api.Test;

/** npm's {@code atmosphere.js} as docs/protocol.md shows it. */
class AtmosphereJsIT {

    @Test
    void follows_prompts_and_resumes_on_every_transport() {
        Node.test("atmosphere.test.mjs", WeirServer.shared());
    }
}
