package budget;

import dev.weir.budget.Ledger;
import dev.weir.budget.Ledger.Account;
import dev.weir.budget.Ledger.Asked;
import dev.weir.budget.Payer;
import dev.weir.budget.Tariff;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints what budgets cost. All nodes are in this process, on 127.0.0.1. Arguments: operations of each kind, and answers
 * at a time on the hot budget.
 */
public final class Bench {

    private static final AtomicLong IDS = new AtomicLong();
    private static final int DELTAS = 200_000;

    /** Fewer than a step. */
    private static final int BLOCK = 200;

    /** Rounds of deltas that are not shown. */
    private static final int WARM_UP = 4;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        int operations = Integer.parseInt(arguments[0]);
        int atATime = Integer.parseInt(arguments[1]);
        Node.budget("one");
        Node.budget("hot");
        try (Node alone = new Node(8211, "")) {
            all("one node", List.of(alone), operations, atATime);
            deltas(alone.ledger);
        }
        String members = "127.0.0.1:8212,127.0.0.1:8213,127.0.0.1:8214";
        try (Node one = new Node(8212, members);
                Node two = new Node(8213, members);
                Node three = new Node(8214, members)) {
            List<Node> nodes = List.of(one, two, three);
            while (nodes.stream().anyMatch(it -> it.nodes() < 3)) {
                Thread.sleep(100);
            }
            all("three nodes", nodes, operations, atATime);
        }
    }

    private static void all(String where, List<Node> nodes, int operations, int atATime) throws Exception {
        once(nodes, operations / 5);
        long[][] times = once(nodes, operations);
        print(where, "hold", times[0]);
        print(where, "lease", times[1]);
        hot(nodes, operations, atATime);
        System.out.printf(
                Locale.ROOT,
                "%-12s %-22s %,.0f answers a second%n",
                where,
                "one hot budget",
                hot(nodes, operations, atATime));
    }

    private static Asked asked(String user) {
        return new Asked(
                "a" + IDS.incrementAndGet(),
                new Payer("org", user, "r", "m"),
                Tariff.FREE,
                100,
                Node.STEP,
                Usage.NOTHING);
    }

    /** Nanoseconds of each admission, and of each lease that is waited for. */
    private static long[][] once(List<Node> nodes, int operations) {
        long[] holds = new long[operations];
        long[] leases = new long[operations];
        for (int i = 0; i < operations; i++) {
            Ledger ledger = nodes.get(i % nodes.size()).ledger;
            long begin = System.nanoTime();
            Account account = ledger.admit(asked("one"));
            holds[i] = System.nanoTime() - begin;
            begin = System.nanoTime();
            account.more().join();
            leases[i] = System.nanoTime() - begin;
            account.settle(new Usage(100, 50, 0, true), Outcome.COMPLETE);
        }
        return new long[][] {holds, leases};
    }

    /** Answers a second that begin, lease twice and end, all on one budget. */
    private static double hot(List<Node> nodes, int operations, int atATime) throws Exception {
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < atATime; i++) {
                Ledger ledger = nodes.get(i % nodes.size()).ledger;
                running.add(threads.submit(() -> {
                    for (int j = 0; j < operations / atATime; j++) {
                        Account account = ledger.admit(asked("hot"));
                        account.more().join();
                        account.more().join();
                        account.settle(new Usage(100, 300, 0, true), Outcome.COMPLETE);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        return operations / ((System.nanoTime() - begin) / 1e9);
    }

    /** What a delta of one token costs the stream, which asks for a step now and then and never waits for one. */
    private static void deltas(Ledger ledger) {
        List<String> users = List.of("nobody", "one", "nobody", "one", "nobody", "one");
        for (int round = 0; round < users.size(); round++) {
            String user = users.get(round);
            Account account = ledger.admit(asked(user));
            long nanos = 0;
            for (int i = 0; i < DELTAS; i += BLOCK) {
                account.more().join();
                long begin = System.nanoTime();
                for (int j = 1; j <= BLOCK; j++) {
                    account.running(i + j);
                }
                nanos += System.nanoTime() - begin;
            }
            account.settle(new Usage(100, DELTAS, 0, true), Outcome.COMPLETE);
            if (round >= WARM_UP) {
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %-22s %.1f ns%n",
                        "one node",
                        user.equals("one") ? "delta, one budget" : "delta, no budget",
                        nanos / (double) DELTAS);
            }
        }
    }

    private static void print(String where, String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-12s %-22s p50 %.3f ms, p99 %.3f ms%n",
                where,
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6);
    }
}
