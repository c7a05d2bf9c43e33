package dev.weir.cluster;

import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import dev.weir.log.HotTailProperties;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A node that is alone, until at some point another comes: the tails move while they are used. */
class LoneTailPropertyTest extends HotTailProperties {

    /** A node that is alone until it is told otherwise. */
    private static final class Node extends HazelcastNode {

        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile boolean alone = true;

        Node() {
            super("weir-lone-property", "127.0.0.1", 25785, CAPACITY);
        }

        @Override
        boolean isAlone() {
            return alone;
        }

        @Override
        public void whenChanged(Runnable listener) {
            listeners.add(listener);
        }

        /** As if it had just started: what an earlier try has marked is not there. */
        void alone() {
            listeners.clear();
            alone = true;
            instance().getMap("hot-tails").clear();
        }

        void anotherComes() {
            alone = false;
            listeners.forEach(Runnable::run);
        }
    }

    private static final Node NODE = new Node();

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
        NODE.alone();
        return List.of(new HazelcastHotTail(NODE, cold));
    }

    @Override
    protected void move() {
        NODE.anotherComes();
    }
}
