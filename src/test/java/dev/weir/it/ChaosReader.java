package dev.weir.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.it.ChaosJournal.Count;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client that follows a room as the page does: when its connection ends or is silent for too long, it comes back with its
 * cursor, at another node when its own does not answer. Notes whatever comes twice, not at all or changed. Thread-safe.
 */
final class ChaosReader implements AutoCloseable {

    private static final Duration OPENING = Duration.ofSeconds(8);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LEAST_SILENCE = 8000;
    private static final int MORE_SILENCE = 17_000;
    private static final int LONGEST_WAIT = 700;

    private final List<WeirClient> nodes;
    private final String room;
    private final Transport transport;
    private final Random random;
    private final ChaosJournal journal;
    private final String name;
    private final Duration patience;
    private final Seen seen = new Seen();
    private final Map<String, Integer> told = new HashMap<>();

    /** The answers that begin in the frame that is looked at. */
    private final Set<String> begun = new HashSet<>();

    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private int notedFaults;
    private int at;
    private int generation;
    private long heardAt;
    private boolean heard;
    private volatile boolean closed;

    ChaosReader(
            List<WeirClient> nodes, String room, Transport transport, long seed, ChaosJournal journal, String name) {
        this.nodes = nodes;
        this.room = room;
        this.transport = transport;
        this.random = new Random(seed);
        this.journal = journal;
        this.name = name + " by " + transport.word();
        this.at = random.nextInt(nodes.size());
        this.patience = Duration.ofMillis(LEAST_SILENCE + random.nextInt(MORE_SILENCE));
    }

    ChaosReader start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                followOnce();
                Thread.sleep(random.nextInt(LONGEST_WAIT));
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (RuntimeException e) {
            journal.fault(name, "the reader failed: " + e);
        }
    }

    private void followOnce() throws InterruptedException {
        int mine;
        synchronized (this) {
            mine = ++generation;
            heardAt = System.nanoTime();
            heard = false;
        }
        Line line = open(mine);
        try {
            while (line != null && !closed && line.ended() == null && !silent()) {
                Thread.sleep(LOOK_EVERY);
            }
        } finally {
            leave(line);
        }
        journal.count(Count.RECONNECTS);
        synchronized (this) {
            if (!heard) {
                at = (at + 1) % nodes.size();
            }
        }
    }

    private void leave(@Nullable Line line) {
        synchronized (this) {
            generation++;
        }
        if (line != null) {
            line.cut();
        }
    }

    private @Nullable Line open(int mine) throws InterruptedException {
        WeirClient node = nodes.get(at);
        String cursor = cursor();
        CompletableFuture<Line> opening = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                Line line = Line.open(node, room, transport, cursor, text -> receive(mine, text));
                if (!opening.complete(line)) {
                    line.cut();
                }
            } catch (RuntimeException e) {
                opening.completeExceptionally(e);
            }
        });
        try {
            return opening.get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            opening.completeExceptionally(e);
            return null;
        }
    }

    private synchronized boolean silent() {
        return System.nanoTime() - heardAt > patience.toNanos();
    }

    private synchronized void receive(int from, String text) {
        if (from != generation) {
            return;
        }
        heardAt = System.nanoTime();
        JsonNode frame = WeirClient.parse(text);
        if (!frame.has("cursor")) {
            return;
        }
        heard = true;
        journal.count(Count.FRAMES);
        if (frame.path("snapshot").asBoolean()) {
            snapshot(frame);
        } else {
            begun.clear();
            frame.path("events").forEach(this::check);
            seen.frame(frame);
        }
        List<String> faults = seen.faults();
        for (; notedFaults < faults.size(); notedFaults++) {
            journal.fault(name, faults.get(notedFaults));
        }
    }

    /** What was seen must be there in every snapshot. */
    private void snapshot(JsonNode frame) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Boolean> live = new HashMap<>();
        seen.items().forEach(it -> {
            texts.put(it.id, it.text);
            live.put(it.id, it.live);
        });
        String before = seen.cursor();
        seen.frame(frame);
        if (!before.isEmpty()) {
            journal.count(Count.SNAPSHOTS);
        }
        texts.forEach((id, text) -> {
            Optional<Seen.Item> now = seen.item(id);
            String where = " in the snapshot at " + seen.cursor() + " after " + before;
            if (now.isEmpty()) {
                journal.loss(name, "message " + id + " is gone" + where);
            } else if (!now.get().text.startsWith(text)) {
                journal.loss(name, "of " + id + " was seen \"" + text + "\", now \"" + now.get().text + "\"" + where);
            } else if (now.get().live && !Boolean.TRUE.equals(live.get(id))) {
                journal.loss(name, id + " had ended and is being written" + where);
            }
        });
    }

    private void check(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message" -> message(event);
            case "turn-started" -> started(event);
            case "turn-ended" ->
                once("the end of answer " + event.path("branch").asText());
            case "delta" ->
                seen.item(event.path("branch").asText())
                        .filter(it -> !it.live && !begun.contains(it.id))
                        .ifPresent(it -> journal.fault(name, "a delta came after the end of answer " + it.id));
            default -> {}
        }
    }

    /** A new epoch is told once more of what is being written. */
    private void started(JsonNode event) {
        once("the beginning of turn " + event.path("turn").asText() + " in epoch " + Seen.epoch(seen.cursor()));
        event.path("branches").forEach(it -> begun.add(it.path("branch").asText()));
    }

    private void message(JsonNode event) {
        String id = event.path("id").asText();
        once("message " + id);
        String text = event.path("text").asText();
        seen.item(id)
                .filter(it -> !text.startsWith(it.text))
                .ifPresent(it -> journal.fault(
                        name, "of " + id + " was streamed \"" + it.text + "\", but the message is \"" + text + "\""));
    }

    private void once(String what) {
        if (told.merge(what, 1, Integer::sum) > 1) {
            journal.fault(name, what + " came twice");
        }
    }

    String name() {
        return name;
    }

    synchronized String cursor() {
        return seen.cursor();
    }

    /** Whether there has been any frame. */
    synchronized boolean begun() {
        return seen.snapshots() > 0;
    }

    /** True when it never had to take a snapshot after the first. */
    synchronized boolean unbroken() {
        return seen.snapshots() == 1;
    }

    /** How often the end of an answer has come as an event. */
    synchronized int endsOf(String branch) {
        return told.getOrDefault("the end of answer " + branch, 0);
    }

    synchronized List<Seen.Item> items() {
        return seen.items();
    }

    /** The answer of a turn that is finished. */
    synchronized Optional<Seen.Item> finished(String turn) {
        return seen.items().stream()
                .filter(it -> it.turn.equals(turn) && it.isAnswer() && it.message != null && !it.live)
                .findFirst();
    }

    /** How much of a turn's answer there is. */
    synchronized int written(String turn) {
        return seen.items().stream()
                .filter(it -> it.turn.equals(turn) && it.isAnswer())
                .mapToInt(it -> it.text.length())
                .sum();
    }

    synchronized List<String> conversation() {
        return seen.items().stream().map(it -> it.id + " " + it).toList();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
