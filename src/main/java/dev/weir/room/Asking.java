package dev.weir.room;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.identity.User;
import dev.weir.log.ColdLog;
import dev.weir.log.ColdLog.Stored;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.StreamingModel;
import dev.weir.room.Command.Ack;
import dev.weir.room.Refusal.Code;
import dev.weir.turn.NodeId;
import dev.weir.turn.TurnOrder;
import dev.weir.turn.Turns;
import dev.weir.turn.TurnsFull;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What members say and ask: carries out commands. Methods block until what they did is kept. Thread-safe. */
@ApplicationScoped
public class Asking {

    /** The most UTF-16 characters of one message. */
    public static final int LONGEST_MESSAGE = 200_000;

    private static final int HISTORY = 200;
    private static final int LONGEST_AUTO_NAME = 60;
    private static final int LOCKS = 64;

    private final Rooms rooms;
    private final RoomLog log;
    private final ColdLog cold;
    private final Turns turns;
    private final ModelCatalogue models;
    private final NodeId node;
    private final InstantSource clock = InstantSource.system();
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Asking() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Asking(Rooms rooms, RoomLog log, ColdLog cold, Turns turns, ModelCatalogue models, NodeId node) {
        this.rooms = rooms;
        this.log = log;
        this.cold = cold;
        this.turns = turns;
        this.models = models;
        this.node = node;
    }

    /**
     * Carries out a command.
     *
     * @throws Refusal when it can't be done
     */
    public Ack perform(User caller, String roomId, Command command) {
        Room room = rooms.room(caller, roomId);
        try {
            return switch (command) {
                case Command.Prompt prompt -> say(caller, room, prompt.text(), prompt.model(), Optional.empty());
                case Command.Edit edit -> alone(room, () -> edit(caller, room, edit));
                case Command.Regenerate again -> alone(room, () -> regenerate(caller, room, again));
                case Command.Continue more -> alone(room, () -> goOn(caller, room, more));
                case Command.Stop stop -> stop(caller, room, stop);
                case Command.Typing ignored -> typing(caller, room);
            };
        } catch (TurnsFull e) {
            throw new Refusal(Code.BUSY, TurnsFull.MESSAGE);
        }
    }

    /** What takes the place of something is done one at a time in a room: the second to try finds it gone. */
    private Ack alone(Room room, Supplier<Ack> work) {
        Lock lock = locks.get(Math.floorMod(room.id().hashCode(), LOCKS));
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Answers a question that brings its conversation along.
     *
     * @throws Refusal when it can't be done
     */
    public Completion.Begun complete(User caller, String roomId, Completion completion) {
        Room room = rooms.room(caller, roomId);
        checkText(completion.text());
        StreamingModel model = model(caller, room, Optional.of(completion.model()));
        try {
            turns.checkPlace(1);
            Said said = put(caller, room, completion.text(), Optional.empty());
            var answering = new TurnOrder.Answering(model, completion.prompt(), "", Optional.empty());
            Turns.Begun begun = begin(caller, room, said.message(), answering, true);
            String branch = begun.turn().branches().getFirst().id();
            return new Completion.Begun(
                    room.id(), begun.turn().turn(), branch, model.spec().name(), said.place(), begun.after());
        } catch (TurnsFull e) {
            throw new Refusal(Code.BUSY, TurnsFull.MESSAGE);
        }
    }

    /** Refuses a model that the caller may not ask or that is not there, before anything is made for it. */
    public void checkModel(User caller, String model) {
        if (models.model(model).isEmpty()) {
            throw rooms.unknownModel(model);
        }
        checkMayAsk(caller, model);
    }

    private Ack say(User caller, Room room, String text, Optional<String> model, Optional<String> replaces) {
        checkText(text);
        StreamingModel chosen = model(caller, room, model);
        turns.checkPlace(1);
        rooms.takeUp(room);
        Said said = put(caller, room, text, replaces);
        String turn = start(caller, room, said.message(), chosen, "", Optional.empty(), Optional.empty());
        return new Ack(turn, said.message());
    }

    /** A message in its place. */
    private record Said(String message, Cursor place) {}

    private Said put(User caller, Room room, String text, Optional<String> replaces) {
        var message = new Event.Message(Ids.next(), Rooms.member(caller), text, replaces, Optional.empty());
        Instant now = clock.instant();
        Cursor place =
                append(room.id(), now, List.of(message, new Presence(Rooms.member(caller), Presence.State.PRESENT)));
        cold.saveMessage(room.id(), place, now, message);
        name(caller, room, text);
        return new Said(message.id(), place);
    }

    private void name(User caller, Room room, String text) {
        if (room.name().isEmpty()) {
            String line = text.strip().lines().findFirst().orElse("").strip();
            rooms.rename(caller, room.id(), Shortened.of(line, LONGEST_AUTO_NAME));
        }
    }

    private Ack edit(User caller, Room room, Command.Edit edit) {
        checkText(edit.text());
        Stored old = message(room, edit.message());
        if (old.message().answer().isPresent() || !old.message().from().id().equals(caller.id())) {
            throw new Refusal(Code.INVALID, "Only your own messages can be edited.");
        }
        model(caller, room, edit.model());
        supersedeFrom(room, old);
        return say(caller, room, edit.text(), edit.model(), Optional.of(edit.message()));
    }

    /** Ends what is being written after this message, or to what was said after it. */
    private void supersedeFrom(Room room, Stored old) {
        Set<String> gone = new HashSet<>();
        for (Stored stored : cold.messages(room.id(), HISTORY)) {
            if (isSame(stored, old) || stored.place().compareTo(old.place()) > 0) {
                gone.add(stored.message().id());
            }
        }
        if (!gone.contains(old.message().id())) {
            throw new Refusal(Code.CONFLICT, "That message is no longer part of the conversation.");
        }
        turns.checkPlace(1);
        turns.supersede(room.id(), gone::contains);
    }

    private static boolean isSame(Stored one, Stored other) {
        return one.message().id().equals(other.message().id());
    }

    private Ack regenerate(User caller, Room room, Command.Regenerate again) {
        Stored old = finishedAnswer(room, again.message());
        Event.Answer answer = old.message().answer().orElseThrow();
        StreamingModel model = model(caller, room, again.model().or(() -> known(answer.model())));
        supersedeFrom(room, old);
        String turn = start(caller, room, answer.prompt(), model, "", Optional.of(again.message()), Optional.of(old));
        return new Ack(turn, "");
    }

    private Ack goOn(User caller, Room room, Command.Continue more) {
        Stored old = finishedAnswer(room, more.message());
        Event.Answer answer = old.message().answer().orElseThrow();
        if (answer.outcome() == Outcome.BLOCKED) {
            throw new Refusal(Code.CONFLICT, "A blocked answer can't be continued. Ask again in other words.");
        }
        StreamingModel model = model(caller, room, known(answer.model()));
        supersedeFrom(room, old);
        String turn = start(
                caller,
                room,
                answer.prompt(),
                model,
                old.message().text(),
                Optional.of(more.message()),
                Optional.of(old));
        return new Ack(turn, "");
    }

    private Ack stop(User caller, Room room, Command.Stop stop) {
        turns.stop(room.id(), stop.turn(), caller.name());
        return new Ack(stop.turn(), "");
    }

    private Ack typing(User caller, Room room) {
        rooms.doing(caller, room.id(), Presence.State.TYPING);
        return new Ack("", "");
    }

    /** Starts the answer to a message; {@code until}: what came from this place on is not part of the question. */
    private String start(
            User caller,
            Room room,
            String prompt,
            StreamingModel model,
            String textBefore,
            Optional<String> replaces,
            Optional<Stored> until) {
        List<Stored> history = cold.messages(room.id(), HISTORY).stream()
                .filter(it ->
                        until.isEmpty() || it.place().compareTo(until.get().place()) < 0)
                .toList();
        if (history.stream().noneMatch(it -> it.message().id().equals(prompt))) {
            throw new Refusal(Code.CONFLICT, "The question is no longer part of the conversation. Ask it again.");
        }
        var lines = PromptBuilder.build(history, prompt, textBefore, model.spec());
        var answering = new TurnOrder.Answering(model, lines, textBefore, replaces);
        return begin(caller, room, prompt, answering, false).turn().turn();
    }

    private Turns.Begun begin(
            User caller, Room room, String prompt, TurnOrder.Answering answering, boolean forProgram) {
        var order = new TurnOrder(
                room.id(), prompt, Rooms.member(caller), caller.organisation(), List.of(answering), forProgram);
        return turns.start(order, node.id());
    }

    private Stored finishedAnswer(Room room, String id) {
        Stored stored = message(room, id);
        if (stored.message().answer().isEmpty()) {
            throw new Refusal(Code.INVALID, "That message is not an answer.");
        }
        if (stored.live() || turns.isRunning(id)) {
            throw new Refusal(Code.CONFLICT, "That answer is still being written. Stop it first.");
        }
        return stored;
    }

    private Stored message(Room room, String id) {
        return cold.message(room.id(), id)
                .orElseThrow(() -> new Refusal(Code.NO_SUCH_MESSAGE, "There is no such message in this room."));
    }

    private StreamingModel model(User caller, Room room, Optional<String> asked) {
        String name = asked.filter(it -> !it.isEmpty())
                .or(() -> known(room.model()))
                .orElseGet(() -> models.specs().get(0).name());
        checkMayAsk(caller, name);
        return models.model(name).orElseThrow(() -> rooms.unknownModel(name));
    }

    private static void checkMayAsk(User caller, String model) {
        if (!caller.mayAsk(model)) {
            throw new Refusal(Code.FORBIDDEN, "This API key may not ask " + model + ".");
        }
    }

    /** A model's name, if the catalogue still has it. */
    private Optional<String> known(String name) {
        return Optional.of(name).filter(it -> models.model(it).isPresent());
    }

    private static void checkText(String text) {
        if (text.isBlank()) {
            throw new Refusal(Code.INVALID, "The message is empty.");
        }
        if (text.length() > LONGEST_MESSAGE) {
            throw new Refusal(
                    Code.TOO_LARGE,
                    "The message has %,d characters; at most %,d are allowed."
                            .formatted(text.length(), LONGEST_MESSAGE));
        }
    }

    private Cursor append(String room, Instant at, List<Event> events) {
        try {
            return log.append(room, at, events)
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new Refusal(Code.BUSY, "The room does not take messages right now. Please try again in a moment.");
        }
    }
}
