package cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./weir bench cluster}: the delay from the provider's delta to a client on the node that writes the answer, and to one on
 * the other node, both of the same deltas.
 */
final class Across {

    private static final int PACE_MILLIS = 20;

    private final List<Node> nodes;
    private final String cookie;
    private final Provider provider;

    Across(List<Node> nodes, String cookie, Provider provider) {
        this.nodes = nodes;
        this.cookie = cookie;
        this.provider = provider;
    }

    /** Returns false when not every delta came. */
    boolean measure(int rooms, int deltas) throws Exception {
        round("warm", rooms, Math.min(deltas, 200), new Samples(), new Samples());
        System.out.printf("%d answers at a time, %d deltas each, one each %d ms%n%n", rooms, deltas, PACE_MILLIS);
        System.out.printf("%-26s %10s %10s %10s%n", "client on", "p50 ms", "p99 ms", "deltas");
        Samples same = new Samples();
        Samples other = new Samples();
        boolean complete = round("a", rooms, deltas, same, other);
        line("the node that writes", same);
        line("the other node", other);
        System.out.printf(
                "%-26s %10.3f %10.3f%n",
                "added", other.millis(50) - same.millis(50), other.millis(99) - same.millis(99));
        return complete;
    }

    private static void line(String what, Samples samples) {
        System.out.printf("%-26s %10.3f %10.3f %10d%n", what, samples.millis(50), samples.millis(99), samples.size());
    }

    private boolean round(String prefix, int rooms, int deltas, Samples same, Samples other) throws Exception {
        List<Reader> here = new ArrayList<>();
        List<Reader> there = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            // Half of the answers are written at each node, so that neither is favoured.
            Node writer = nodes.get(i % 2);
            String room = writer.newRoom(cookie);
            here.add(new Reader(room, deltas).open(writer, cookie, "").join());
            there.add(new Reader(room, deltas)
                    .open(nodes.get((i + 1) % 2), cookie, "")
                    .join());
            here.get(i).first().join();
            there.get(i).first().join();
        }
        for (int i = 0; i < rooms; i++) {
            here.get(i).ask(Provider.question(prefix + i, deltas, PACE_MILLIS, false));
        }
        long patience = 60 + deltas * PACE_MILLIS / 500L;
        boolean complete = true;
        for (int i = 0; i < rooms; i++) {
            here.get(i).whole(patience);
            there.get(i).whole(patience);
            complete &= add(prefix + i, here.get(i), deltas, same) && add(prefix + i, there.get(i), deltas, other);
            here.get(i).close();
            there.get(i).close();
        }
        return complete;
    }

    private boolean add(String name, Reader reader, int deltas, Samples samples) {
        for (int i = 0; i < deltas; i++) {
            if (reader.arrived(i) == 0) {
                System.out.println("Delta " + i + " of " + name + " did not come.");
                return false;
            }
            samples.add(reader.arrived(i) - provider.sent(name, i));
        }
        return true;
    }
}
