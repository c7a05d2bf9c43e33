package dev.weir.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.RingbufferConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.weir.event.Ids;
import dev.weir.figure.Part;
import dev.weir.turn.NodeId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** This node of the cluster. Started and stopped by the boot package; everything else asks for the instance. */
@ApplicationScoped
public class HazelcastNode implements NodeId, Part {

    static final String RING_PREFIX = "room-log:";

    private final String id = Ids.next();

    private final String clusterName;
    private final String host;
    private final int port;
    private final int capacity;

    private final List<Runnable> whenMembersChange = new CopyOnWriteArrayList<>();
    private volatile boolean alone;
    private volatile @Nullable HazelcastInstance hazelcast;

    /** For the container's proxy only. */
    protected HazelcastNode() {
        this("weir", "127.0.0.1", 5701, 4096);
    }

    /**
     * A node that is not started yet.
     *
     * @param name of the cluster
     * @param host the address to listen on
     * @param port the first port to try
     * @param capacity the most events in a room's hot tail
     */
    @Inject
    public HazelcastNode(
            @ConfigProperty(name = "weir.cluster.name", defaultValue = "weir") String name,
            @ConfigProperty(name = "weir.cluster.host", defaultValue = "127.0.0.1") String host,
            @ConfigProperty(name = "weir.cluster.port", defaultValue = "5701") int port,
            @ConfigProperty(name = "weir.log.capacity", defaultValue = "4096") int capacity) {
        this.clusterName = name;
        this.host = host;
        this.port = port;
        this.capacity = capacity;
    }

    /** Starts the node. Blocks for a second or two. */
    public void start() {
        HazelcastInstance started = Hazelcast.newHazelcastInstance(config());
        started.getCluster().addMembershipListener(new Members());
        count(started.getCluster());
        hazelcast = started;
    }

    /** Follows who takes part in the cluster. */
    private final class Members implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            count(event.getCluster());
            whenMembersChange.forEach(Runnable::run);
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            count(event.getCluster());
            whenMembersChange.forEach(Runnable::run);
        }
    }

    private synchronized void count(Cluster cluster) {
        alone = cluster.getMembers().size() == 1;
    }

    /** True while there is no other node. */
    boolean isAlone() {
        return alone;
    }

    /** Calls this whenever a node has come or gone, after {@link #isAlone()} has changed. */
    void whenMembersChange(Runnable listener) {
        whenMembersChange.add(listener);
    }

    /** Leaves the cluster. A second call does nothing. */
    public void stop() {
        HazelcastInstance running = hazelcast;
        if (running != null) {
            running.shutdown();
        }
    }

    /** This node's id, new at every start. */
    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public void check() {
        if (!instance().getLifecycleService().isRunning()) {
            throw new IllegalStateException("This node has left the cluster.");
        }
    }

    @Override
    public List<Level> levels() {
        return List.of(new Level("cluster_nodes", "Nodes of the cluster, as this one sees it.", this::nodes));
    }

    private double nodes() {
        HazelcastInstance running = hazelcast;
        return running != null && running.getLifecycleService().isRunning()
                ? running.getCluster().getMembers().size()
                : Double.NaN;
    }

    HazelcastInstance instance() {
        HazelcastInstance running = hazelcast;
        if (running == null) {
            throw new IllegalStateException("This node is still starting. Try again in a moment.");
        }
        return running;
    }

    int capacity() {
        return capacity;
    }

    private Config config() {
        Config config = new Config();
        config.setClusterName(clusterName);
        config.setInstanceName("weir-" + id);
        config.setClassLoader(HazelcastNode.class.getClassLoader());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.health.monitoring.level", "OFF");
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.addRingBufferConfig(new RingbufferConfig(RING_PREFIX + "*")
                .setCapacity(capacity)
                .setBackupCount(1)
                .setInMemoryFormat(InMemoryFormat.BINARY));
        network(config.getNetworkConfig());
        return config;
    }

    private void network(NetworkConfig network) {
        network.setPort(port).setPortAutoIncrement(true).setPublicAddress(host);
        network.getInterfaces().setEnabled(true).addInterface(host);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false);
    }
}
