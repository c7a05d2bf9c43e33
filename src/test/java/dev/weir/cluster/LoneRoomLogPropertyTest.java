package dev.weir.cluster;

import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import dev.weir.log.RoomLogProperties;
import dev.weir.store.RealColdLog;
import java.util.List;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A lone node with the embedded database. */
class LoneRoomLogPropertyTest extends RoomLogProperties {

    private static final HazelcastNode NODE = new HazelcastNode("weir-lone-log", "127.0.0.1", 25791, CAPACITY);

    @BeforeContainer
    static void start() {
        NODE.start();
    }

    @AfterContainer
    static void stop() {
        NODE.stop();
    }

    @Override
    protected ColdLog cold() {
        return RealColdLog.H2.log();
    }

    @Override
    protected String room() {
        return RealColdLog.H2.room();
    }

    @Override
    protected List<HotTail> tails(ColdLog cold) {
        return List.of(new HazelcastHotTail(NODE, cold));
    }
}
