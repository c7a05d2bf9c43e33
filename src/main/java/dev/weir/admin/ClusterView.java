package dev.weir.admin;

import dev.weir.room.ClusterDesk;
import dev.weir.turn.NodeState;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes: how each stands, taken out of service and back. */
@Named
@RequestScoped
public class ClusterView {

    @Inject
    ClusterDesk desk;

    @Inject
    ConsoleCaller me;

    private @Nullable String chosen;
    private @Nullable List<Line> lines;

    public List<Line> getNodes() {
        List<Line> found = lines;
        if (found == null) {
            found = desk.nodes(me.user()).stream().map(Line::of).toList();
            lines = found;
        }
        return found;
    }

    public void drain() {
        if (Said.doing("", () -> desk.drain(me.user(), Typed.text(chosen)))) {
            Said.done("The node takes nothing new any more. Its clients and what it is writing go to others.");
        }
    }

    public void restore() {
        if (Said.doing("", () -> desk.restore(me.user(), Typed.text(chosen)))) {
            Said.done("The node is in service again.");
        }
    }

    /** The id of the node that something is done with. */
    public @Nullable String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }

    /**
     * A node as the page shows it.
     *
     * @param name by which people know it
     * @param service how it is in service: a word for the style and the words for people
     * @param known whether it has told how it stands; the figures mean nothing otherwise
     */
    public record Line(
            String id,
            String name,
            String place,
            boolean self,
            String version,
            String roles,
            Service service,
            boolean known,
            @Nullable Instant since,
            String turns,
            String rooms,
            String connections,
            String backlog,
            String database) {

        private static final NodeState NOTHING =
                new NodeState("", 0, "", 0, List.of(), false, 0, 0, 0, 0, 0, 0, 0, "not known yet");

        static Line of(ClusterDesk.Seen seen) {
            NodeState state = seen.state().orElse(NOTHING);
            boolean known = seen.state().isPresent();
            String place = seen.node().place();
            String address = seen.node().address().replaceFirst("^https?://", "");
            return new Line(
                    seen.node().id(),
                    address.isEmpty() ? place : address,
                    place,
                    seen.self(),
                    seen.node().version(),
                    state.roles().replace(",", ", "),
                    known ? Service.of(state) : Service.UNKNOWN,
                    known,
                    known ? Instant.ofEpochMilli(state.startedAt()) : null,
                    turns(state),
                    Numbers.grouped(state.rooms()),
                    Numbers.grouped(state.connections()),
                    backlog(state),
                    state.database().isEmpty() ? "works" : state.database());
        }

        private static String turns(NodeState state) {
            String running = Numbers.grouped(state.turns());
            return state.waiting() == 0 ? running : running + ", and " + Numbers.grouped(state.waiting()) + " waiting";
        }

        private static String backlog(NodeState state) {
            if (state.unbacked() + state.unkept() == 0) {
                return "none";
            }
            return Numbers.grouped(state.unbacked()) + " without a second copy, " + Numbers.grouped(state.unkept())
                    + " not in the database";
        }

        public boolean well() {
            return database.equals("works");
        }
    }

    /** How a node is in service. */
    public enum Service {
        IN("good", "in service"),
        LEAVING("", "going out of service"),
        OUT("", "out of service"),
        UNKNOWN("", "not known yet");

        private final String health;
        private final String words;

        Service(String health, String words) {
            this.health = health;
            this.words = words;
        }

        private static Service of(NodeState state) {
            return !state.draining() ? IN : state.idle() ? OUT : LEAVING;
        }

        public String health() {
            return health;
        }

        public String words() {
            return words;
        }

        /** Whether it can be taken out of service. */
        public boolean in() {
            return this == IN;
        }
    }
}
