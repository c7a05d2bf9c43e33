package dev.weir.cluster;

import dev.weir.event.Ids;
import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import dev.weir.log.HotTailProperties;
import java.util.List;
import java.util.Map;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Two nodes with one data grid: each sees what the other does. */
class SharedTailPropertyTest extends HotTailProperties {

    private static final HazelcastNode ONE = node();
    private static final HazelcastNode TWO = node();

    private static HazelcastNode node() {
        return TestNodes.node(Map.of("weir.cluster.port", "25781", "weir.log.capacity", Integer.toString(CAPACITY)));
    }

    @BeforeContainer
    static void start() {
        TestNodes.start(Ids.next(), List.of(ONE, TWO));
    }

    @AfterContainer
    static void stop() {
        TWO.stop();
        ONE.stop();
    }

    @Override
    protected List<HotTail> nodes(ColdLog cold) {
        return List.of(new SharedTails(ONE, cold), new SharedTails(TWO, cold));
    }

    @Override
    protected List<String> ids() {
        return List.of(ONE.id(), TWO.id());
    }
}
