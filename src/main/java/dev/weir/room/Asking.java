package dev.weir.room;

import dev.weir.budget.OverBudget;
import dev.weir.budget.Payer;
import dev.weir.budget.rate.TooFast;
import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Outcome;
import dev.weir.identity.User;
import dev.weir.log.ColdLog;
import dev.weir.log.ColdLog.Stored;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.translate.Translate;
import dev.weir.room.Command.Ack;
import dev.weir.room.Refusal.Code;
import dev.weir.turn.Dispatch;
import dev.weir.turn.NotServed;
import dev.weir.turn.TurnOrder;
import dev.weir.turn.Turns;
import dev.weir.turn.TurnsFull;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What members say and ask: carries out commands. Methods block until what they did is kept. Thread-safe. */
@ApplicationScoped
public class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    /** The most UTF-16 characters of one message. */
    public static final int LONGEST_MESSAGE = 200_000;

    private static final int HISTORY = 200;

    /** How long the answer to a command waits for the database. */
    private static final long PATIENCE_MILLIS = 5000;

    private final Rooms rooms;
    private final RoomLog log;
    private final ColdLog cold;
    private final Turns turns;
    private final Dispatch dispatch;
    private final ModelCatalogue models;
    private final InstantSource clock = InstantSource.system();
    private final RoomLocks locks;

    static final String BEGINS_AGAIN =
            "%s can't go on after a given beginning, so it answers the question again from the start.";

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Asking() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Asking(
            Rooms rooms,
            RoomLog log,
            ColdLog cold,
            Turns turns,
            Dispatch dispatch,
            ModelCatalogue models,
            RoomLocks locks) {
        this.rooms = rooms;
        this.log = log;
        this.cold = cold;
        this.turns = turns;
        this.dispatch = dispatch;
        this.models = models;
        this.locks = locks;
    }

    /**
     * Carries out a command.
     *
     * @throws Refusal when it can't be done
     */
    public Ack perform(User caller, String roomId, Command command) {
        return perform(caller, roomId, command, Attempt.only());
    }

    /**
     * Carries out a command, or what earlier attempts at it have left to be done.
     *
     * @throws Refusal when it can't be done
     */
    public Ack perform(User caller, String roomId, Command command, Attempt attempt) {
        Room room = rooms.room(caller, roomId);
        rooms.checkPlace(roomId);
        try {
            return switch (command) {
                case Command.Prompt prompt ->
                    say(caller, room, prompt.text(), prompt.model(), Optional.empty(), attempt);
                case Command.Edit edit -> alone(room, () -> edit(caller, room, edit, attempt));
                case Command.Regenerate again -> alone(room, () -> regenerate(caller, room, again, attempt));
                case Command.Continue more -> alone(room, () -> goOn(caller, room, more, attempt));
                case Command.Stop stop -> stop(caller, room, stop);
                case Command.Typing ignored -> typing(caller, room);
            };
        } catch (TurnsFull e) {
            throw new Refusal(Code.BUSY, TurnsFull.MESSAGE);
        } catch (OverBudget e) {
            throw new Refusal(e);
        } catch (TooFast e) {
            throw new Refusal(e);
        } catch (NotServed e) {
            throw new Refusal(Code.NOT_SERVED, e.detail());
        }
    }

    /** What takes the place of something is done one at a time in a room: the second to try finds it gone. */
    private Ack alone(Room room, Supplier<Ack> work) {
        return locks.alone(room.id(), () -> {
            await(log.kept(room.id()));
            return work.get();
        });
    }

    /**
     * Answers a question that brings its conversation along.
     *
     * @param room as {@link Rooms#room} gives it, or new: whether the caller is a member is not asked here
     * @throws Refusal when it can't be done
     */
    public Completion.Begun complete(User caller, Room room, Completion completion) {
        checkText(completion.text());
        StreamingModel model = model(caller, room, Optional.of(completion.model()));
        rooms.checkPlace(room.id());
        try {
            dispatch.check(model, caller.organisation());
            checkBudgets(caller, room, model, completion.text());
            Attempt attempt = Attempt.only();
            Said said = put(caller, room, attempt.message(), completion.text(), Optional.empty());
            var answering = new TurnOrder.Answering(model, completion.prompt(), "", Optional.empty());
            Turns.Begun begun = begin(caller, room, attempt.turn(), said.message(), answering, true);
            if (room.name().isEmpty()) {
                Thread.ofVirtual().start(() -> name(caller, room, completion.text()));
            }
            String branch = begun.turn().branches().getFirst().id();
            return new Completion.Begun(
                    room,
                    begun.turn().turn(),
                    branch,
                    begun.turn().branches().getFirst().model().id(),
                    said.line().place(),
                    begun.after(),
                    begun.rate());
        } catch (TurnsFull e) {
            throw new Refusal(Code.BUSY, TurnsFull.MESSAGE);
        } catch (OverBudget e) {
            throw new Refusal(e);
        } catch (TooFast e) {
            throw new Refusal(e);
        } catch (NotServed e) {
            throw new Refusal(Code.NOT_SERVED, e.detail());
        }
    }

    /** Refuses a model that the caller may not ask or that is not there, before anything is made for it. */
    public void checkModel(User caller, String model) {
        if (models.model(model).isEmpty()) {
            throw rooms.unknownModel(model);
        }
        checkMayAsk(caller, model);
    }

    private Ack say(
            User caller, Room room, String text, Optional<String> model, Optional<String> replaces, Attempt attempt) {
        checkText(text);
        StreamingModel chosen = model(caller, room, model);
        Optional<Stored> earlier = said(room, attempt);
        if (earlier.isPresent() && begun(room, attempt)) {
            return new Ack(attempt.turn(), attempt.message());
        }
        dispatch.check(chosen, caller.organisation());
        checkBudgets(caller, room, chosen, text);
        rooms.takeUp(room);
        Said said =
                earlier.map(it -> keep(room, it)).orElseGet(() -> put(caller, room, attempt.message(), text, replaces));
        await(replaces.isPresent() ? said.kept() : said.before());
        Turns.Begun begun = answer(caller, room, attempt.turn(), said, chosen);
        if (Translate.isIn(begun.turn().interceptors())) {
            dispatch.translate(room.id(), caller.organisation(), said.line().message());
        }
        if (room.name().isEmpty()) {
            name(caller, room, text);
        }
        await(begun.kept());
        return new Ack(begun.turn().turn(), said.message());
    }

    /** What an earlier attempt has said. */
    private Optional<Stored> said(Room room, Attempt attempt) {
        return switch (attempt.seek()) {
            case NOWHERE -> Optional.empty();
            case DATABASE -> cold.message(room.id(), attempt.message());
            case EVERYWHERE -> inLog(room, it -> it.said(attempt.message()));
        };
    }

    /** Whether an earlier attempt has started the turn. */
    private boolean begun(Room room, Attempt attempt) {
        String branch = Turns.branch(attempt.turn(), 0);
        return switch (attempt.seek()) {
            case NOWHERE -> false;
            case DATABASE -> cold.message(room.id(), branch).isPresent();
            case EVERYWHERE -> inLog(room, it -> it.begun(branch));
        };
    }

    private <T> T inLog(Room room, Function<RoomHandle, T> question) {
        try (RoomHandle handle = log.open(room.id())) {
            return question.apply(handle);
        }
    }

    private Turns.Begun answer(User caller, Room room, String turn, Said said, StreamingModel model) {
        List<Stored> history = new ArrayList<>(cold.messages(room.id(), HISTORY));
        history.removeIf(it -> it.place().compareTo(said.line().place()) >= 0);
        history.add(said.line());
        return begin(caller, room, turn, history, said.message(), model, "", Optional.empty());
    }

    /**
     * A message in its place.
     *
     * @param before done when the database has what was said before it
     * @param kept done when the database has the message
     */
    private record Said(Stored line, CompletableFuture<?> before, CompletableFuture<?> kept) {
        String message() {
            return line.message().id();
        }
    }

    private Said put(User caller, Room room, String id, String text, Optional<String> replaces) {
        var message = new Event.Message(id, Rooms.member(caller), text, replaces, Optional.empty());
        Instant now = clock.instant();
        Cursor place =
                append(room.id(), now, List.of(message, new Presence(Rooms.member(caller), Presence.State.PRESENT)));
        return keep(room, new Stored(place, now, message, false, place.plus(1)));
    }

    private Said keep(Room room, Stored line) {
        CompletableFuture<?> before = log.kept(room.id());
        CompletableFuture<?> kept =
                log.keep(room.id(), it -> it.saveMessage(room.id(), line.place(), line.at(), line.message()));
        return new Said(line, before, kept);
    }

    /** What is in the log will be kept; who asked waits a little for it, so that the answer to a command is a promise. */
    private static void await(CompletableFuture<?> kept) {
        try {
            kept.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The database is behind; a command is answered before it has everything");
        } catch (ExecutionException e) {
            LOG.debug("What a command did is not kept, for its room is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void name(User caller, Room room, String text) {
        rooms.rename(caller, room.id(), Rooms.nameFrom(text));
    }

    private Ack edit(User caller, Room room, Command.Edit edit, Attempt attempt) {
        checkText(edit.text());
        Stored old = message(room, edit.message());
        if (old.message().answer().isPresent() || !old.message().from().id().equals(caller.id())) {
            throw new Refusal(Code.INVALID, "Only your own messages can be edited.");
        }
        StreamingModel model = model(caller, room, edit.model());
        dispatch.check(model, caller.organisation());
        if (said(room, attempt).isEmpty()) {
            checkBudgets(caller, room, model, edit.text());
            supersedeFrom(room, old);
        }
        return say(caller, room, edit.text(), edit.model(), Optional.of(edit.message()), attempt);
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
        turns.supersede(room.id(), gone);
    }

    /** Before anything is said or taken back for it. */
    private void checkBudgets(User caller, Room room, StreamingModel model, String text) {
        var payer = new Payer(
                caller.organisation(),
                caller.id(),
                caller.key(),
                room.id(),
                model.spec().name());
        turns.checkBudgets(payer, model, text);
    }

    private static boolean isSame(Stored one, Stored other) {
        return one.message().id().equals(other.message().id());
    }

    private Ack regenerate(User caller, Room room, Command.Regenerate again, Attempt attempt) {
        if (begun(room, attempt)) {
            return new Ack(attempt.turn(), "");
        }
        Stored old = finishedAnswer(room, again.message());
        Event.Answer answer = old.message().answer().orElseThrow();
        StreamingModel model = model(caller, room, again.model().or(() -> known(answer.model())));
        dispatch.check(model, caller.organisation());
        checkBudgets(caller, room, model, "");
        supersedeFrom(room, old);
        return again(caller, room, attempt.turn(), old, model, "");
    }

    private Ack goOn(User caller, Room room, Command.Continue more, Attempt attempt) {
        if (begun(room, attempt)) {
            return new Ack(attempt.turn(), "");
        }
        Stored old = finishedAnswer(room, more.message());
        Event.Answer answer = old.message().answer().orElseThrow();
        if (answer.outcome() == Outcome.BLOCKED) {
            throw new Refusal(Code.CONFLICT, "A blocked answer can't be continued. Ask again in other words.");
        }
        StreamingModel model = model(caller, room, known(answer.model()));
        dispatch.check(model, caller.organisation());
        checkBudgets(caller, room, model, old.message().text());
        supersedeFrom(room, old);
        if (model.spec().prefill()) {
            return again(caller, room, attempt.turn(), old, model, old.message().text());
        }
        Ack ack = again(caller, room, attempt.turn(), old, model, "");
        turns.tell(room.id(), ack.turn(), BEGINS_AGAIN.formatted(model.spec().label()));
        return ack;
    }

    private Ack stop(User caller, Room room, Command.Stop stop) {
        turns.stop(room.id(), stop.turn(), caller.name());
        return new Ack(stop.turn(), "");
    }

    private Ack typing(User caller, Room room) {
        rooms.doing(caller, room.id(), Presence.State.TYPING);
        return new Ack("", "");
    }

    /** Starts an answer that takes the place of one; what came after that one is not part of the question. */
    private Ack again(User caller, Room room, String turn, Stored old, StreamingModel model, String textBefore) {
        String prompt = old.message().answer().orElseThrow().prompt();
        List<Stored> history = cold.messages(room.id(), HISTORY).stream()
                .filter(it -> it.place().compareTo(old.place()) < 0)
                .toList();
        if (history.stream().noneMatch(it -> it.message().id().equals(prompt))) {
            throw new Refusal(Code.CONFLICT, "The question is no longer part of the conversation. Ask it again.");
        }
        Turns.Begun begun = begin(
                caller,
                room,
                turn,
                history,
                prompt,
                model,
                textBefore,
                Optional.of(old.message().id()));
        await(begun.kept());
        return new Ack(begun.turn().turn(), "");
    }

    private Turns.Begun begin(
            User caller,
            Room room,
            String turn,
            List<Stored> history,
            String prompt,
            StreamingModel model,
            String textBefore,
            Optional<String> replaces) {
        var lines = PromptBuilder.build(history, prompt, textBefore, model.spec());
        return begin(caller, room, turn, prompt, new TurnOrder.Answering(model, lines, textBefore, replaces), false);
    }

    private Turns.Begun begin(
            User caller, Room room, String turn, String prompt, TurnOrder.Answering answering, boolean forProgram) {
        var order = new TurnOrder(
                room.id(),
                prompt,
                Rooms.member(caller),
                caller.organisation(),
                List.of(answering),
                caller.key(),
                forProgram);
        return dispatch.start(turn, order);
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
        String name =
                asked.filter(it -> !it.isEmpty()).or(() -> known(room.model())).orElseGet(this::firstModel);
        checkMayAsk(caller, name);
        return models.model(name).orElseThrow(() -> rooms.unknownModel(name));
    }

    private String firstModel() {
        return models.specs().stream().findFirst().map(ModelSpec::name).orElseThrow(() -> new NotServed(""));
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
