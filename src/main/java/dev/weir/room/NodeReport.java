package dev.weir.room;

import dev.weir.log.LogActivity;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.NodeRoles;
import dev.weir.turn.NodeId;
import dev.weir.turn.NodeState;
import dev.weir.turn.NodeStates;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the other nodes how this one stands. */
@ApplicationScoped
public class NodeReport {

    private final NodeId self;
    private final NodeRoles roles;
    private final NodeStates states;
    private final ModelCatalogue models;
    private final Turns turns;
    private final RoomLog log;
    private final LogActivity appends;
    private final Connections connections;
    private final DatabaseWords database;
    private final long startedAt = Instant.now().toEpochMilli();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected NodeReport() {
        this(null, NodeRoles.BOTH, null, null, null, null, null, null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    NodeReport(
            @Nullable NodeId self,
            NodeRoles roles,
            @Nullable NodeStates states,
            @Nullable ModelCatalogue models,
            @Nullable Turns turns,
            @Nullable RoomLog log,
            @Nullable LogActivity appends,
            @Nullable Connections connections,
            @Nullable DatabaseWords database) {
        this.self = self;
        this.roles = roles;
        this.states = states;
        this.models = models;
        this.turns = turns;
        this.log = log;
        this.appends = appends;
        this.connections = connections;
        this.database = database;
    }

    /** Begins; the node must have been started. */
    public void begin() {
        states.tell(this::now);
    }

    private NodeState now() {
        int waiting = turns.waiting();
        return new NodeState(
                self.id(),
                Instant.now().toEpochMilli(),
                roles.words(),
                startedAt,
                roles.inference() ? models.specs() : List.of(),
                !turns.accepting(),
                Math.max(0, turns.running() - waiting),
                waiting,
                roles.inference() ? turns.limit() : 0,
                log.openRooms(),
                connections.count(),
                appends.underWay(),
                log.unkept(),
                database.words());
    }
}
