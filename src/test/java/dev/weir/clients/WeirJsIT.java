package dev.weir.clients;

import dev.weir.it.WeirServer;
import org.junit.jupiter.api.Test;

/** Our own client, as the server hands it out. */
class WeirJsIT {

    @Test
    void follows_resumes_and_falls_back_on_every_transport() {
        Node.test("weir.test.mjs", WeirServer.shared());
    }
}
