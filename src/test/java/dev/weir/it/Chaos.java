package dev.weir.it;

import static org.awaitility.Awaitility.await;

import dev.weir.it.ChaosJournal.Count;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Lets three nodes of the product answer in many rooms, with readers over all transports, and kills, pauses, stops and
 * starts nodes meanwhile, one after the other: at least one is always up, and all are there again before the next one
 * goes. What happens to which node, and when, follows from the seed, as far as the machine is as fast.
 */
final class Chaos implements AutoCloseable {

    /** What can happen to a node. */
    enum Trouble {
        /** SIGKILL, and started again after some seconds. */
        KILL,

        /** SIGTERM, as for a redeployment. */
        STOP,

        /** Taken out of service for some seconds, as for maintenance. */
        DRAIN,

        /** SIGSTOP for less time than it takes to be given up. */
        PAUSE,

        /** SIGSTOP for longer than that. */
        LONG_PAUSE,

        /** SIGKILL to two within some seconds: what only those two had is lost. */
        KILL_TWO
    }

    /**
     * How much.
     *
     * @param length how long nodes are troubled
     * @param troubles of which kinds
     */
    record Extent(int rooms, Duration length, Set<Trouble> troubles) {
        Extent {
            troubles = Collections.unmodifiableSet(EnumSet.copyOf(troubles));
        }

        /**
         * As the system properties {@code weir.chaos.rooms} (60) and {@code weir.chaos.troubles} (names, with commas between
         * them) say.
         */
        static Extent configured(Duration length) {
            Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
            for (String name : System.getProperty("weir.chaos.troubles", "KILL,STOP,DRAIN,PAUSE")
                    .split(",")) {
                troubles.add(Trouble.valueOf(name));
            }
            return new Extent(Integer.getInteger("weir.chaos.rooms", 60), length, troubles);
        }
    }

    private static final int CHECKS_AT_ONCE = 8;
    private static final int NODES = 3;
    /** All nodes, their database, their provider and their readers share a machine, which may be slow. */
    private static final Map<String, String> SETTINGS = Map.of("weir.cluster.silence", "PT8S");

    private static final Duration WHOLE = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Duration LAST_ENDS = Duration.ofSeconds(10);
    private static final Pattern TAKEN_OVER = Pattern.compile("goes on here, for its node has gone");

    private final Extent extent;
    private final Random random;
    private final ChaosJournal journal;
    private final StoryTeller teller;
    private final WeirCluster cluster;
    private final List<WeirClient> clients;
    private final List<ChaosRoom> rooms = new ArrayList<>();

    Chaos(long seed, Extent extent) {
        this.extent = extent;
        this.random = new Random(seed);
        this.journal = new ChaosJournal(seed, extent.troubles().contains(Trouble.KILL_TWO));
        this.teller = new StoryTeller(seed);
        journal.action("begin with seed " + seed + ": " + extent);
        cluster = WeirCluster.start(NODES, SETTINGS);
        cluster.upstream().firstOf(teller);
        clients = cluster.clients("admin");
        awaitWhole();
        for (int i = 1; i <= extent.rooms(); i++) {
            rooms.add(new ChaosRoom(i, clients, teller, seed, journal, ANSWER));
        }
    }

    /** Does it all, and gives what was found. */
    ChaosJournal run() throws InterruptedException {
        rooms.forEach(ChaosRoom::start);
        journal.action("all nodes are up, " + rooms.size() + " rooms begin");
        awaitBegun();
        long until = System.nanoTime() + extent.length().toNanos();
        while (System.nanoTime() < until) {
            for (Trouble trouble : shuffled()) {
                if (System.nanoTime() < until) {
                    Thread.sleep(1000 + random.nextInt(3000));
                    trouble(trouble, 1 + random.nextInt(NODES));
                    awaitWhole();
                }
            }
        }
        end();
        return journal;
    }

    private List<Trouble> shuffled() {
        List<Trouble> troubles = new ArrayList<>(extent.troubles());
        Collections.shuffle(troubles, random);
        return troubles;
    }

    private void trouble(Trouble trouble, int number) throws InterruptedException {
        WeirServer node = cluster.node(number);
        switch (trouble) {
            case KILL -> {
                journal.count(Count.KILLS);
                journal.action("kill -9 node " + number);
                node.kill();
                launch(number);
            }
            case KILL_TWO -> {
                int other = 1 + number % NODES;
                journal.count(Count.KILLS, 2);
                journal.action("kill -9 nodes " + number + " and " + other);
                node.kill();
                Thread.sleep(random.nextInt(4000));
                cluster.node(other).kill();
                launch(number);
                launch(other);
            }
            case STOP -> {
                journal.count(Count.STOPS);
                journal.action("stop node " + number);
                node.stop();
                launch(number);
            }
            case DRAIN -> {
                journal.count(Count.DRAINS);
                drain(number, "POST");
                Thread.sleep(2000 + random.nextInt(8000));
                drain(number, "DELETE");
            }
            case PAUSE -> {
                journal.count(Count.PAUSES);
                pause(number, 300 + random.nextInt(1500));
            }
            case LONG_PAUSE -> {
                journal.count(Count.LONG_PAUSES);
                pause(number, 9000 + random.nextInt(6000));
            }
        }
    }

    private void drain(int number, String verb) {
        journal.action("drain node " + number + ": " + verb);
        HttpResponse<String> done = WeirCluster.drain(clients.get(number % NODES), clients.get(number - 1), verb);
        if (done.statusCode() != 204) {
            journal.fault("node " + number, "could not be drained: " + done.statusCode() + " " + done.body());
        }
    }

    private void launch(int number) throws InterruptedException {
        journal.action("node " + number + " is gone");
        Thread.sleep(random.nextInt(4000));
        cluster.node(number).launch();
        journal.action("node " + number + " is up again");
    }

    private void pause(int number, int millis) throws InterruptedException {
        journal.action("pause node " + number + " for " + millis + " ms");
        cluster.node(number).pause();
        Thread.sleep(millis);
        cluster.node(number).resume();
        journal.action("node " + number + " goes on");
    }

    private void awaitBegun() {
        try {
            await().atMost(ANSWER).until(() -> rooms.stream().allMatch(ChaosRoom::begun));
            journal.action("something is being answered in every room");
        } catch (ConditionTimeoutException e) {
            rooms.stream()
                    .filter(it -> !it.begun())
                    .forEach(it -> journal.fault(it.where(), "nothing was answered within " + ANSWER));
        }
    }

    private void awaitWhole() {
        try {
            await().pollInterval(Duration.ofMillis(250))
                    .atMost(WHOLE)
                    .ignoreExceptions()
                    .until(() -> clients.stream().allMatch(it -> WeirCluster.nodes(it) == NODES));
        } catch (ConditionTimeoutException e) {
            journal.fault("cluster", "its nodes have not all found each other within " + WHOLE);
        }
    }

    private void end() throws InterruptedException {
        journal.action("no more questions");
        rooms.forEach(ChaosRoom::stopAsking);
        for (ChaosRoom room : rooms) {
            if (!room.ended(ANSWER.multipliedBy(2))) {
                journal.fault(room.where(), "does not come to an end");
            }
        }
        journal.action("all answers have ended");
        try {
            await().atMost(LAST_ENDS).until(() -> cluster.upstream().answering() == 0);
        } catch (ConditionTimeoutException e) {
            journal.fault("provider", cluster.upstream().answering() + " answers are still being sent");
        }
        teller.faults().forEach(it -> journal.fault("provider", it));
        try (Connection database = cluster.connection()) {
            ChaosCheck check = new ChaosCheck(journal, database);
            checkAll(check);
        } catch (SQLException e) {
            journal.fault("database", e.toString());
        }
        for (int i = 1; i <= NODES; i++) {
            String log = cluster.node(i).log();
            journal.count(Count.TAKEOVERS, TAKEN_OVER.matcher(log).results().count());
            journal.action(
                    "the log of node " + i + " is " + cluster.node(i).data().resolve("log"));
        }
        journal.action(journal.faults() + " violations; " + journal.counts());
    }

    private void checkAll(ChaosCheck check) {
        try (ExecutorService threads = Executors.newFixedThreadPool(CHECKS_AT_ONCE)) {
            rooms.forEach(it -> threads.execute(() -> check.check(it)));
        }
    }

    @Override
    public void close() {
        rooms.forEach(ChaosRoom::close);
        cluster.close();
    }
}
