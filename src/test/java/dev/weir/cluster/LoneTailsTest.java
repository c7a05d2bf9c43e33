package dev.weir.cluster;

import dev.weir.log.HotTailContract;
import org.junit.jupiter.api.AfterAll;

/** The hot tails of a node that is alone. */
class LoneTailsTest extends HotTailContract {

    /** One node for the whole class: it takes seconds to start. */
    private static final class Shared {
        static final HazelcastNode NODE = start();

        private static HazelcastNode start() {
            HazelcastNode node = new HazelcastNode("weir-lone-test", "127.0.0.1", 25721, CAPACITY);
            node.start();
            return node;
        }
    }

    LoneTailsTest() {
        super(cold -> new HazelcastHotTail(Shared.NODE, cold));
    }

    @AfterAll
    static void stop() {
        Shared.NODE.stop();
    }
}
