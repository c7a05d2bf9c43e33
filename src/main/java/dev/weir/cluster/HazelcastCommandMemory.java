package dev.weir.cluster;

import com.hazelcast.map.IMap;
import dev.weir.event.Ids;
import dev.weir.room.Command.Ack;
import dev.weir.room.CommandMemory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Commands in a Hazelcast map, with one backup. */
@ApplicationScoped
public class HazelcastCommandMemory implements CommandMemory {

    private static final String NOBODY = "";

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastCommandMemory() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastCommandMemory(@Nullable HazelcastNode node) {
        this.node = node;
    }

    /**
     * A claim as it is kept.
     *
     * @param node who has it carried out; {@link #NOBODY} after it has failed there
     * @param claim tells this claim from others of the same node
     * @param done whether that is over; turn and message are its answer then
     */
    record Kept(String node, String claim, boolean done, String turn, String message) {}

    @Override
    public Claim claim(String key) {
        Kept mine = underWay(node.id(), Ids.next());
        boolean again = false;
        while (true) {
            Kept before = commands().putIfAbsent(key, mine);
            // Its own claim is there when the grid has done it twice, because the node that did it first died.
            if (before == null || before.equals(mine)) {
                return new Claim.Mine(again);
            }
            if (before.done()) {
                return new Claim.Done(new Ack(before.turn(), before.message()));
            }
            if (!isGone(before.node())) {
                return new Claim.UnderWay();
            }
            again = true;
            if (commands().replace(key, before, mine)) {
                return new Claim.Mine(true);
            }
        }
    }

    /** Only when it is settled who takes part, and this node is not among them. */
    private boolean isGone(String claimant) {
        return claimant.equals(NOBODY)
                || (node.agreement().holds() && !node.ids().contains(claimant));
    }

    @Override
    public void keep(String key, Ack ack) {
        commands().set(key, new Kept(node.id(), "", true, ack.turn(), ack.message()));
    }

    @Override
    public void release(String key) {
        Kept mine = commands().get(key);
        if (mine != null && !mine.done() && mine.node().equals(node.id())) {
            commands().replace(key, mine, underWay(NOBODY, ""));
        }
    }

    private static Kept underWay(String node, String claim) {
        return new Kept(node, claim, false, "", "");
    }

    private IMap<String, Kept> commands() {
        return node.instance().getMap(GridConfig.COMMANDS);
    }
}
