package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.weir.audit.Audit;
import dev.weir.event.Outcome;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.log.ClientView;
import dev.weir.log.ColdLog.Stored;
import dev.weir.log.MemoryColdLog;
import dev.weir.log.MemoryHotTail;
import dev.weir.log.QuickRoomLog;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import dev.weir.model.Finish;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.ScriptedModel;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.Pipeline;
import dev.weir.room.Command.Ack;
import dev.weir.turn.Dispatch;
import dev.weir.turn.TurnSettings;
import dev.weir.turn.Turns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ConditionFactory;

/** One room of Ada's and Bob's with two models that wait for the test, and Eve outside. */
final class RoomRig implements AutoCloseable {

    final User ada = new User("u1", "ada", "Ada", "org", Set.of(Role.USER));
    final User bob = new User("u2", "bob", "Bob", "org", Set.of(Role.USER));
    final User eve = new User("u3", "eve", "Eve", "org", Set.of(Role.USER, Role.ADMIN));
    final User stranger = new User("u4", "mallory", "Mallory", "other-org", Set.of(Role.USER));

    final ScriptedModel fast = ScriptedModel.silent("fast");
    final ScriptedModel smart = ScriptedModel.silent("smart");
    final ScriptedModel anew = ScriptedModel.beginningAgain("anew");
    final MemoryRooms store = new MemoryRooms();
    final MemoryColdLog cold = new MemoryColdLog();
    final MemoryHotTail hot = new MemoryHotTail(10_000, cold);
    final RoomLog log = QuickRoomLog.of(hot, cold);
    final Turns turns = new Turns(
            log,
            cold,
            new Pipeline(List.of(), key -> Optional.empty()),
            new TurnSettings(4, Duration.ofMinutes(30), 2, Duration.ofSeconds(20), Duration.ofMillis(5)),
            InstantSource.system());
    final ModelCatalogue models = new ModelCatalogue() {
        @Override
        public List<ModelSpec> specs() {
            return List.of(fast.spec(), smart.spec(), anew.spec());
        }

        @Override
        public Optional<StreamingModel> model(String name) {
            return List.<StreamingModel>of(fast, smart, anew).stream()
                    .filter(it -> it.spec().name().equals(name))
                    .findFirst();
        }
    };
    final Rooms rooms = new Rooms(store, store, log, turns, models, Audit.NONE);
    final Asking asking = new Asking(rooms, log, cold, turns, Dispatch.here(turns, log), models, new OwnLocks());
    final Commands commands = new Commands(asking, CommandMemory.NONE, () -> true);
    final String room;
    private final RoomHandle watcher;

    RoomRig() {
        List.of(ada, bob, eve, stranger).forEach(store::user);
        room = rooms.create(ada, "", "").id();
        watcher = log.open(room);
        store.addMember(room, bob.id());
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    static void refused(Refusal.Code code, ThrowingCallable call) {
        Refusal refusal = catchThrowableOfType(Refusal.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    Ack ask(User caller, String text) {
        return asking.perform(caller, room, new Command.Prompt(text, Optional.empty()));
    }

    /** Asks, and has the model answer. */
    Ack talk(User caller, String question, String answer) {
        Ack ack = ask(caller, question);
        finish(fast, answer);
        return ack;
    }

    void finish(ScriptedModel model, String answer) {
        model.listener().delta(answer);
        model.listener().finished(new Finish(Finish.Reason.STOP, Optional.empty()));
        soon().until(() -> turns.running() == 0 && log.unkept() == 0);
    }

    List<Stored> conversation() {
        return cold.messages(room, 1000);
    }

    List<String> texts() {
        return conversation().stream().map(it -> it.message().text()).toList();
    }

    String answerTo(Ack ack) {
        return conversation().stream()
                .filter(it -> it.message()
                        .answer()
                        .filter(a -> a.turn().equals(ack.turn()))
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .message()
                .id();
    }

    Outcome outcome(String answer) {
        return cold.message(room, answer)
                .orElseThrow()
                .message()
                .answer()
                .orElseThrow()
                .outcome();
    }

    /** What somebody who joins now is shown; the same as the database has. */
    List<ClientView.Shown> joined() {
        ClientView view = new ClientView();
        soon().until(() -> watcher.end().seq() == hot.events(room).size());
        var next = watcher.next(dev.weir.event.Cursor.START, () -> "");
        view.take(((RoomHandle.Next.Ready) next).frame().json());
        assertThat(view.conversation())
                .extracting(ClientView.Shown::id)
                .containsExactlyElementsOf(
                        conversation().stream().map(it -> it.message().id()).toList());
        return view.conversation();
    }

    int events() {
        return hot.events(room).size();
    }

    @Override
    public void close() {
        turns.shutDown(Duration.ofSeconds(5), false);
    }
}
