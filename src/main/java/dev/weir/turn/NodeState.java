package dev.weir.turn;

import dev.weir.model.ModelSpec;
import java.util.List;

/**
 * How a node stands, as it tells the others every second. Nothing secret.
 *
 * @param node its id
 * @param at when it told this, in milliseconds since 1970
 * @param roles as {@link dev.weir.model.NodeRoles#words} writes them
 * @param startedAt milliseconds since 1970
 * @param models that it can ask itself; none for a node that only carries clients
 * @param draining true when it takes nothing new
 * @param turns answers that are being written there
 * @param waiting answers that wait there for a place
 * @param places how many answers can be written there at a time
 * @param rooms that it has open
 * @param connections of clients that it has
 * @param unbacked appends to rooms' logs that no second node holds yet
 * @param unkept writes that the database has still to take
 * @param database how its database is, in a few words; empty while it is well
 */
public record NodeState(
        String node,
        long at,
        String roles,
        long startedAt,
        List<ModelSpec> models,
        boolean draining,
        int turns,
        int waiting,
        int places,
        int rooms,
        long connections,
        int unbacked,
        int unkept,
        String database) {

    public NodeState {
        models = List.copyOf(models);
    }

    /** Whether it can be asked to run a turn with all of these models. */
    boolean serves(List<String> wanted) {
        return !draining
                && !models.isEmpty()
                && models.stream().map(ModelSpec::name).toList().containsAll(wanted);
    }

    /** Whether it has nothing to do any more. */
    public boolean idle() {
        return turns + waiting + connections == 0;
    }
}
