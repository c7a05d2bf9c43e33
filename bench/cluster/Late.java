package cluster;

import java.util.List;

/** {@code ./weir bench replay}, first part: somebody joins an answer that has many deltas and is being written still. */
final class Late {

    private final List<Node> nodes;
    private final String cookie;
    private final Provider provider;

    Late(List<Node> nodes, String cookie, Provider provider) {
        this.nodes = nodes;
        this.cookie = cookie;
        this.provider = provider;
    }

    /** Returns false when a client did not get everything in its first frame. */
    boolean measure(int deltas, int joins) throws Exception {
        Node writer = nodes.get(0);
        String room = writer.newRoom(cookie);
        Reader asking = new Reader(room, deltas).open(writer, cookie, "").join();
        asking.first().join();
        asking.ask(Provider.question("late", deltas, 0, true));
        asking.whole(120);
        System.out.printf("Joining an answer of %,d deltas that is being written%n%n", deltas);
        System.out.printf("%-26s %10s %10s %10s %10s%n", "client on", "p50 ms", "longest", "frames", "joins");
        boolean complete = true;
        for (Node node : nodes) {
            join(node, room, deltas, Math.max(3, joins / 4), new Samples());
            Samples samples = new Samples();
            int whole = join(node, room, deltas, joins, samples);
            complete &= whole == joins;
            System.out.printf(
                    "%-26s %10.1f %10.1f %10s %10d%n",
                    node == writer ? "the node that writes" : "the other node",
                    samples.millis(50),
                    samples.longest(),
                    whole == joins ? "1" : "more",
                    joins);
        }
        provider.release("late");
        asking.close();
        return complete;
    }

    /** Returns how many had all of it in the first frame, a snapshot. */
    private int join(Node node, String room, int deltas, int joins, Samples samples) {
        int whole = 0;
        for (int i = 0; i < joins; i++) {
            Reader late = new Reader(room, deltas);
            long began = System.nanoTime();
            late.open(node, cookie, "").join();
            samples.add(late.first().join() - began);
            if (late.beganWithSnapshot() && late.inFirst() == deltas) {
                whole++;
            }
            late.close();
        }
        return whole;
    }
}
