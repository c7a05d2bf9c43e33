package dev.weir.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.it.ChaosJournal.Count;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A room in which one story after the other is asked for, at any node, and its readers. A command whose answer is lost is
 * sent again, with the same id, as the page does. Thread-safe.
 */
final class ChaosRoom implements AutoCloseable {

    private static final Duration COMMAND = Duration.ofSeconds(20);
    private static final int LONGEST_REST = 2500;
    private static final long LOOK_MILLIS = 100;

    /** One in so many answers is stopped. */
    private static final int STOP_ONE_IN = 8;

    private final String id;
    private final String name;
    private final List<WeirClient> nodes;
    private final StoryTeller teller;
    private final Random random;
    private final ChaosJournal journal;
    private final Duration patience;
    private final List<ChaosReader> readers = new ArrayList<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private volatile boolean asking = true;

    /**
     * A question that was acknowledged.
     *
     * @param stopped whether it was asked to be stopped
     */
    record Told(Story story, String turn, String message, boolean stopped) {}

    /** @param patience how long an answer may take at most, whatever happens */
    ChaosRoom(
            int number,
            List<WeirClient> nodes,
            StoryTeller teller,
            long seed,
            ChaosJournal journal,
            Duration patience) {
        this.random = new Random(seed + number);
        this.name = "r" + number;
        this.nodes = nodes;
        this.teller = teller;
        this.journal = journal;
        this.patience = patience;
        this.id = nodes.get(number % nodes.size()).room("upstream");
        for (Transport transport : Transport.values()) {
            readers.add(new ChaosReader(nodes, id, transport, random.nextLong(), journal, name + " " + id));
        }
    }

    /** Its readers are there from before the first question on. */
    void start() {
        readers.forEach(ChaosReader::start);
        thread.start();
    }

    /** Whether something has been asked. */
    boolean begun() {
        return !told.isEmpty();
    }

    private void run() {
        try {
            for (ChaosReader reader : readers) {
                while (asking && !reader.begun()) {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
            for (int i = 1; asking; i++) {
                ask(teller.story(name + "t" + i));
                Thread.sleep(random.nextInt(LONGEST_REST));
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (RuntimeException e) {
            journal.fault(where(), "the room failed: " + e);
        }
    }

    private void ask(Story story) throws InterruptedException {
        boolean stop = random.nextInt(STOP_ONE_IN) == 0;
        JsonNode ack = command(
                WeirClient.commandOf("prompt").put("text", StoryTeller.question(story)), "story " + story.name());
        String turn = ack.path("turn").asText();
        told.add(new Told(story, turn, ack.path("message").asText(), stop));
        long deadline = System.nanoTime() + patience.toNanos();
        boolean stopped = false;
        int wanted = stop ? random.nextInt(story.guarded().length()) : 0;
        while (readers.stream().noneMatch(it -> it.finished(turn).isPresent())) {
            if (System.nanoTime() > deadline) {
                journal.fault(
                        where(),
                        "turn " + turn + " (story " + story.name() + ") has no end after " + patience
                                + "; its readers have "
                                + readers.stream().map(it -> it.written(turn)).toList() + " of "
                                + story.guarded().length() + " characters");
                return;
            }
            if (stop && !stopped && readers.stream().anyMatch(it -> it.written(turn) >= wanted)) {
                stopped = true;
                command(WeirClient.commandOf("stop").put("turn", turn), "the stop of turn " + turn);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        journal.count(stopped ? Count.STOPPED : Count.ANSWERS);
    }

    /** Sends a command until it is acknowledged. */
    private JsonNode command(ObjectNode command, String what) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        int node = random.nextInt(nodes.size());
        String last = "";
        for (int tries = 0; System.nanoTime() < deadline; tries++) {
            if (tries > 0) {
                journal.count(Count.REPEATED_COMMANDS);
                Thread.sleep(200 + random.nextInt(600));
            }
            WeirClient client = nodes.get((node + tries) % nodes.size());
            Optional<JsonNode> reply = send(client, command);
            last = reply.map(JsonNode::toString).orElse("nothing");
            if (last.contains("\"failed\"")) {
                journal.fault(where(), what + " was answered with " + last);
            }
            if (reply.isPresent() && reply.get().path("type").asText().equals("ack")) {
                return reply.get();
            }
        }
        throw new IllegalStateException(
                what + " was not acknowledged within " + patience + ", the last answer is " + last);
    }

    private Optional<JsonNode> send(WeirClient client, ObjectNode command) throws InterruptedException {
        try {
            HttpResponse<String> response = client.http()
                    .send(
                            client.request("POST", "/stream/rooms/" + id, command.toString())
                                    .timeout(COMMAND)
                                    .build(),
                            BodyHandlers.ofString());
            return Optional.of(WeirClient.parse(response.body()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Asks no more. */
    void stopAsking() {
        asking = false;
    }

    /** Waits until the last question is over; false when that takes too long. */
    boolean ended(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    String id() {
        return id;
    }

    String where() {
        return name + " " + id;
    }

    List<ChaosReader> readers() {
        return readers;
    }

    List<Told> told() {
        return told;
    }

    /** Another reader, from the beginning. */
    ChaosReader freshReader() {
        return new ChaosReader(nodes, id, Transport.WEBSOCKET, random.nextLong(), journal, where() + " afresh").start();
    }

    @Override
    public void close() {
        thread.interrupt();
        readers.forEach(ChaosReader::close);
    }
}
