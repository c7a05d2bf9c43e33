package dev.weir.cluster;

import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import dev.weir.log.HotTailProperties;
import java.util.List;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The data grid on one node: the other has gone. */
class SharedTailAlonePropertyTest extends HotTailProperties {

    private static final HazelcastNode NODE = new HazelcastNode("weir-alone-property", "127.0.0.1", 25776, CAPACITY);

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
