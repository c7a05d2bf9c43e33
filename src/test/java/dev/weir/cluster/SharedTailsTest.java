package dev.weir.cluster;

import dev.weir.log.HotTailContract;
import org.junit.jupiter.api.AfterAll;

class SharedTailsTest extends HotTailContract {

    /** One node for the whole class: it takes seconds to start. */
    private static final class Shared {
        static final HazelcastNode NODE = start();

        private static HazelcastNode start() {
            HazelcastNode node = new HazelcastNode("weir-test", "127.0.0.1", 25701, CAPACITY);
            node.start();
            return node;
        }
    }

    SharedTailsTest() {
        super(cold -> new SharedTails(Shared.NODE, cold));
    }

    @AfterAll
    static void stop() {
        Shared.NODE.stop();
    }
}
