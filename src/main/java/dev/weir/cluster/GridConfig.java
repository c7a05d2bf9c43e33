package dev.weir.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.RingbufferConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import java.time.Duration;

/** What Hazelcast is told about a node. */
final class GridConfig {

    static final String ID = "weir.id";
    static final String ADDRESS = "weir.address";
    static final String VERSION = "weir.version";

    /** The executor of {@link HazelcastOtherNodes}. */
    static final String ORDERS = "end-orders";

    /** The executor of {@link HazelcastNodeCalls}. */
    static final String CALLS = "calls";

    /** The map of {@link HazelcastCommandMemory}. */
    static final String COMMANDS = "commands";

    /** Ten years, in seconds. */
    private static final String NEVER = "315360000";

    /** How often Hazelcast asks before it begins to wait between. */
    private static final int CLAIMS_AT_ONCE = 5;

    private static final int ORDERS_AT_A_TIME = 16;
    private static final int CALLS_AT_A_TIME = 64;
    private static final int COMMANDS_KEPT = 20_000;

    private GridConfig() {}

    static Config of(ClusterSettings settings, String name, Discovery discovery, String id, String version) {
        Config config = new Config();
        config.setClusterName(name);
        config.setInstanceName("weir-" + id);
        config.setClassLoader(GridConfig.class.getClassLoader());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.socket.client.bind.any", "false");
        config.setProperty("hazelcast.health.monitoring.level", "OFF");
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getMemberAttributeConfig()
                .setAttribute(ID, id)
                .setAttribute(ADDRESS, settings.address())
                .setAttribute(VERSION, version);
        config.addRingBufferConfig(new RingbufferConfig(HazelcastNode.RING_PREFIX + "*")
                .setCapacity(settings.capacity())
                .setBackupCount(1)
                .setInMemoryFormat(InMemoryFormat.BINARY));
        config.addExecutorConfig(new ExecutorConfig(ORDERS, ORDERS_AT_A_TIME));
        config.addExecutorConfig(new ExecutorConfig(CALLS, CALLS_AT_A_TIME));
        config.addMapConfig(new MapConfig(COMMANDS)
                .setTimeToLiveSeconds((int) Duration.ofHours(1).toSeconds())
                .setEvictionConfig(new EvictionConfig()
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                        .setSize(COMMANDS_KEPT)));
        config.addMapConfig(new MapConfig(HazelcastAccounts.MAP)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(1));
        config.addMapConfig(new MapConfig(HazelcastRates.MAP)
                .setMaxIdleSeconds((int) Duration.ofHours(1).toSeconds()));
        noticing(config, settings.silence());
        network(config.getAdvancedNetworkConfig(), settings, discovery);
        return config;
    }

    /**
     * Heartbeats come every second, and who is silent for so long is no longer a member: a pause that is a second shorter is
     * forgiven whenever it begins, and a node that stands still is gone from all lists within a second more or less. A connection that breaks is
     * tried three times within half a second. Whoever is to lead when the oldest node is silent asks the others whether they
     * find so too, and drops those that don't say yes in time (docs/decisions/0138). Parts of a cluster never merge: one of them is taken out, and its nodes join
     * again one by one. A backup that does not answer is waited for until its node counts as gone.
     */
    private static void noticing(Config config, int silence) {
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", Integer.toString(silence));
        config.setProperty("hazelcast.mastership.claim.timeout.seconds", Integer.toString(claim(silence)));
        config.setProperty("hazelcast.wait.seconds.before.join", "1");
        config.setProperty("hazelcast.max.wait.seconds.before.join", "5");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", NEVER);
        config.setProperty("hazelcast.merge.next.run.delay.seconds", NEVER);
        config.setProperty("hazelcast.operation.backup.timeout.millis", "30000");
        config.setProperty("hazelcast.graceful.shutdown.max.wait", "8");
    }

    /**
     * Seconds, and times that it asks: the first five come within milliseconds, the others twice a second, and the others may take a
     * second or two more until they find that the oldest is silent.
     */
    private static int claim(int silence) {
        return CLAIMS_AT_ONCE + 2 * (silence + 2);
    }

    /**
     * The port is for members only: nothing but the grid's own protocol is spoken there. It also keeps Hazelcast 5.7 from
     * turning in circles, deaf to its other connections, while a peer that stands still owes it the first word
     * (docs/decisions/0137).
     */
    private static void network(AdvancedNetworkConfig network, ClusterSettings settings, Discovery discovery) {
        ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
        members.setPort(settings.port()).setPortAutoIncrement(true).setPublicAddress(settings.publicAddress());
        settings.outboundPorts().ifPresent(members::addOutboundPortDefinition);
        members.getInterfaces().setEnabled(true).addInterface(settings.host());
        network.setEnabled(true).setMemberEndpointConfig(members);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(false);
        discovery.configure(network.getJoin());
    }
}
