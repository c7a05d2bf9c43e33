package dev.weir.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.weir.event.Ids;
import dev.weir.figure.Part;
import dev.weir.turn.Membership;
import dev.weir.turn.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node of the cluster. Started and stopped by the boot package; everything else asks for the instance. */
@ApplicationScoped
public class HazelcastNode implements Nodes, Part {

    static final String RING_PREFIX = "room-log:";

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastNode.class);

    /** Between two attempts to join others that are there and can't be seen. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final ClusterSettings settings;

    private final List<Runnable> whenChanged = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenTakenOut = new CopyOnWriteArrayList<>();
    private final List<Consumer<HazelcastInstance>> whenStarted = new CopyOnWriteArrayList<>();
    private final Set<String> addresses = ConcurrentHashMap.newKeySet();
    private volatile String id = Ids.next();
    private volatile boolean alone;
    private volatile List<Node> alive = List.of();
    private volatile @Nullable Taking taking;
    private volatile boolean stopped;

    /** This node's part in the cluster, from its joining until it is taken out or stops. */
    private record Taking(HazelcastInstance hazelcast, Agreement<Set<Member>> agreement) {}

    /** For the container's proxy only. */
    protected HazelcastNode() {
        this("weir", "127.0.0.1", 5701, 4096);
    }

    @Inject
    public HazelcastNode(Config config) {
        this(ClusterSettings.read(key -> config.getOptionalValue(key, String.class)));
    }

    /**
     * A node without others that is not started yet.
     *
     * @param name of the cluster
     * @param host the address to listen on
     * @param port the first port to try
     * @param capacity the most events in a room's hot tail
     */
    public HazelcastNode(String name, String host, int port, int capacity) {
        this(ClusterSettings.alone(name, host, port, capacity));
    }

    HazelcastNode(ClusterSettings settings) {
        this.settings = settings;
    }

    /** Starts a node that has a name and no others. Blocks for a second or two. */
    void start() {
        start(Membership.ALONE, () -> "weir", "");
    }

    /**
     * Starts the node and joins the others. Blocks for a second or two, and for as long as there are others that it can't
     * see.
     *
     * @param membership of the nodes that use this node's database; {@link Membership#ALONE} when no other can
     * @param installation tells nodes of one database from those of others; asked for when others are looked for and the
     *     cluster has no name, may block
     * @param version what this node runs
     */
    public void start(Membership membership, Supplier<String> installation, String version) {
        if (settings.isOutOfReach()) {
            LOG.warn(
                    "This node looks for others on other machines, and can't be reached from there: it listens on {}. Set"
                            + " weir.cluster.host to its address in your private network.",
                    settings.host());
        }
        Discovery discovery = settings.discovery(membership.allowsOthers());
        String name = settings.name()
                .orElseGet(() -> discovery instanceof Discovery.Alone ? "weir-" + id : "weir-" + installation.get());
        join(() -> Hazelcast.newHazelcastInstance(GridConfig.of(settings, name, discovery, id, version)), membership);
    }

    private void join(Supplier<HazelcastInstance> grid, Membership membership) {
        while (!stopped) {
            HazelcastInstance started = grid.get();
            Agreement<Set<Member>> agreement = new Agreement<>(
                    id,
                    membership,
                    started.getCluster()::getMembers,
                    HazelcastNode::ids,
                    new Settled(() -> rejoin(grid, membership)),
                    Duration.ofSeconds(settings.silence()));
            Set<String> unseen = agreement.join();
            if (unseen.isEmpty()) {
                started.getCluster().addMembershipListener(new Comings(agreement));
                taking = new Taking(started, agreement);
                agreement.changed();
                if (stopped) {
                    stop();
                    return;
                }
                whenStarted.forEach(it -> it.accept(started));
                return;
            }
            LOG.warn(
                    "Other nodes of this database are alive, and this one does not see {} of them. It serves nobody until"
                            + " it does. Look at the network, at weir.cluster.members and at weir.cluster.host.",
                    unseen.size());
            agreement.close();
            started.shutdown();
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    /** The others have gone on without this node: it forgets what it had with them, and comes back as a new one. */
    private void rejoin(Supplier<HazelcastInstance> grid, Membership membership) {
        Taking before = taking;
        if (before == null || stopped) {
            return;
        }
        LOG.warn("This node stood still or was cut off, and the others have gone on without it; it joins them again");
        taking = null;
        before.agreement().close();
        before.hazelcast().getLifecycleService().terminate();
        whenTakenOut.forEach(Runnable::run);
        id = Ids.next();
        join(grid, membership);
        if (!stopped) {
            whenChanged.forEach(Runnable::run);
        }
    }

    /** Calls this once the node is started, and at once when it is; again when it has joined again, perhaps twice. */
    void whenStarted(Consumer<HazelcastInstance> work) {
        whenStarted.add(work);
        Taking now = taking;
        if (now != null) {
            work.accept(now.hazelcast());
        }
    }

    /** Follows who comes and goes. */
    private record Comings(Agreement<Set<Member>> agreement) implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            LOG.info("Node {} has come", event.getMember().getAddress());
            agreement.changed();
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            LOG.info("Node {} has gone", event.getMember().getAddress());
            agreement.changed();
        }
    }

    private final class Settled implements Agreement.Listener<Set<Member>> {
        private final Runnable rejoin;

        Settled(Runnable rejoin) {
            this.rejoin = rejoin;
        }

        @Override
        public void settling(Set<Member> members) {
            count(members);
        }

        @Override
        public void settled(Set<Member> members) {
            if (taking != null) {
                LOG.info("The cluster has {} nodes", members.size());
                whenChanged.forEach(Runnable::run);
            }
        }

        @Override
        public void takenOut() {
            rejoin.run();
        }
    }

    private static Set<String> ids(Set<Member> members) {
        return members.stream().map(it -> attribute(it, GridConfig.ID)).collect(Collectors.toSet());
    }

    private synchronized void count(Set<Member> members) {
        alone = members.size() == 1;
        alive = Stream.concat(
                        members.stream().filter(Member::localMember),
                        members.stream().filter(it -> !it.localMember()))
                .map(HazelcastNode::node)
                .toList();
        alive.stream().map(Node::address).filter(it -> !it.isEmpty()).forEach(addresses::add);
    }

    private static Node node(Member member) {
        return new Node(
                attribute(member, GridConfig.ID),
                attribute(member, GridConfig.ADDRESS),
                attribute(member, GridConfig.VERSION),
                member.getAddress().getHost() + ":" + member.getAddress().getPort());
    }

    private static String attribute(Member member, String name) {
        String value = member.getAttribute(name);
        return value == null ? "" : value;
    }

    /** Empty before the node is started. */
    @Override
    public List<Node> alive() {
        return alive;
    }

    @Override
    public Set<String> addresses() {
        return Set.copyOf(addresses);
    }

    @Override
    public void whenChanged(Runnable listener) {
        whenChanged.add(listener);
    }

    @Override
    public void whenTakenOut(Runnable listener) {
        whenTakenOut.add(listener);
    }

    @Override
    public boolean takesPart() {
        return taking != null && !stopped;
    }

    /** True while there is no other node. */
    boolean isAlone() {
        return alone;
    }

    /** Leaves the cluster. A second call does nothing. */
    public void stop() {
        stopped = true;
        Taking now = taking;
        if (now != null) {
            now.agreement().close();
            now.hazelcast().shutdown();
        }
    }

    /** This node's id, new at every start, and when it joins again after the others went on without it. */
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
        Taking now = taking;
        return now != null && now.hazelcast().getLifecycleService().isRunning()
                ? now.hazelcast().getCluster().getMembers().size()
                : Double.NaN;
    }

    HazelcastInstance instance() {
        return taking().hazelcast();
    }

    /** Whether what this node has holds. */
    Agreement<Set<Member>> agreement() {
        return taking().agreement();
    }

    private Taking taking() {
        Taking now = taking;
        if (now == null) {
            throw new IllegalStateException(
                    "This node is not one of the cluster's at this moment. Try again in a moment.");
        }
        return now;
    }

    int capacity() {
        return settings.capacity();
    }
}
