package dev.weir.cluster;

import dev.weir.event.Ids;
import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import dev.weir.log.RoomLogProperties;
import dev.weir.store.RealColdLog;
import java.util.List;
import java.util.Map;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Two nodes with PostgreSQL. */
class SharedRoomLogPropertyTest extends RoomLogProperties {

    private static final HazelcastNode ONE = node();
    private static final HazelcastNode TWO = node();

    private static HazelcastNode node() {
        return TestNodes.node(Map.of("weir.cluster.port", "25796", "weir.log.capacity", Integer.toString(CAPACITY)));
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
    protected ColdLog cold() {
        return RealColdLog.POSTGRESQL.log();
    }

    @Override
    protected String room() {
        return RealColdLog.POSTGRESQL.room();
    }

    @Override
    protected List<HotTail> tails(ColdLog cold) {
        return List.of(new SharedTails(ONE, cold), new SharedTails(TWO, cold));
    }
}
