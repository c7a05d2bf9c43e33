package dev.weir.turn;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A node, and others that neither come nor go. */
public final class FakeNodes implements Nodes {

    private final Supplier<String> self;
    private final Supplier<List<Node>> alive;

    /** @param self the id of the one that asks */
    public FakeNodes(Supplier<String> self, Supplier<List<Node>> alive) {
        this.self = self;
        this.alive = alive;
    }

    /** A node of which nothing matters but its id. */
    public static Node node(String id) {
        return new Node(id, "", "1", "");
    }

    @Override
    public String id() {
        return self.get();
    }

    @Override
    public List<Node> alive() {
        return alive.get();
    }

    @Override
    public Set<String> addresses() {
        return Set.of();
    }

    @Override
    public void whenChanged(Runnable listener) {}

    @Override
    public void whenTakenOut(Runnable listener) {}

    @Override
    public boolean takesPart() {
        return true;
    }
}
