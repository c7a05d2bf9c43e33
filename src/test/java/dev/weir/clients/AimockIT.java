package dev.weir.clients;

import dev.weir.it.WeirServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An upstream that nobody here wrote. */
class AimockIT {

    @Test
    void serves_answers_errors_cuts_and_delays_of_aimock() {
        try (Aimock aimock = new Aimock();
                WeirServer server = WeirServer.start(Map.of(
                        "weir.models", "quick,careful,coder,upstream,impatient,mock",
                        "weir.models.mock.provider", "openai",
                        "weir.models.mock.base-url", aimock.baseUrl(),
                        "weir.models.mock.api-key", "mock",
                        "weir.models.mock.model", "gpt-4o",
                        "weir.models.mock.price.input", "1",
                        "weir.models.mock.price.output", "2"))) {
            Node.test("aimock.test.mjs", server);
        }
    }
}
