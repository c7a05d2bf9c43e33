package dev.weir.cluster;

import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import dev.weir.log.HotTailProperties;
import java.util.List;
import java.util.Map;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The data grid on one node: the other has gone. */
class SharedTailAlonePropertyTest extends HotTailProperties {

    private static final HazelcastNode NODE =
            TestNodes.node(Map.of("weir.cluster.port", "25776", "weir.log.capacity", Integer.toString(CAPACITY)));

    @BeforeContainer
    static void start() {
        NODE.start();
    }

    @AfterContainer
    static void stop() {
        NODE.stop();
    }

    @Override
    protected List<HotTail> nodes(ColdLog cold) {
        return List.of(new SharedTails(NODE, cold));
    }

    @Override
    protected List<String> ids() {
        return List.of(NODE.id());
    }
}
