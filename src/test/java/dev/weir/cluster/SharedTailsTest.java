package dev.weir.cluster;

import dev.weir.log.HotTailContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class SharedTailsTest extends HotTailContract {

    /** One node for the whole class: it takes seconds to start. */
    private static final class Shared {
        static final HazelcastNode NODE = start();

        private static HazelcastNode start() {
            HazelcastNode node = TestNodes.node(
                    Map.of("weir.cluster.port", "25701", "weir.log.capacity", Integer.toString(CAPACITY)));
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
