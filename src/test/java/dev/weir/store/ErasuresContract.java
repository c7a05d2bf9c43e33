package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static dev.weir.store.Samples.at;
import static dev.weir.store.Samples.branch;
import static dev.weir.store.Samples.finished;
import static dev.weir.store.Samples.newRoom;
import static dev.weir.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.audit.AuditDirectory;
import dev.weir.audit.AuditKey;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditSettings;
import dev.weir.audit.ChainCheck;
import dev.weir.audit.Kind;
import dev.weir.audit.Trail;
import dev.weir.audit.Where;
import dev.weir.audit.Who;
import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.log.ColdLog.LiveText;
import dev.weir.log.ColdLog.Stored;
import dev.weir.room.ErasureStore.Extent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine must do to forget somebody. */
abstract class ErasuresContract {

    private static final AuditKey KEY = AuditKey.of("k".repeat(32));
    private static final String NODE = "n1";

    private final Database database;
    private final JdbiErasures erasures;
    private final JdbiColdLog cold;
    private final JdbiUsers users;
    private final JdbiRoomStore rooms;
    private final String eve = Ids.next();
    private final String bob = Ids.next();
    private final String room;
    private final String mark = Ids.next();

    ErasuresContract(Engine engine) {
        database = engine.shared();
        erasures = new JdbiErasures(database);
        cold = new JdbiColdLog(database);
        users = new JdbiUsers(database);
        rooms = new JdbiRoomStore(database);
        users.saveOrganisation("erasures", "Erasures");
        account(eve);
        account(bob);
        room = newRoom(database);
        rooms.addMember(room, eve);
        rooms.addMember(room, bob);
    }

    private void account(String id) {
        users.create(new User(id, "login-" + id, "Name " + id, "erasures", Set.of(Role.USER)), "hash");
    }

    private void forget() {
        assertThat(users.forget(eve, bob, NOON)).isEqualTo(Users.Outcome.DONE);
    }

    private int eraseAll() {
        int all = 0;
        int some;
        do {
            some = erasures.eraseMessages(eve, room, 2);
            all += some;
        } while (some == 2);
        return all;
    }

    private Event.Message said(String by, String id, String text) {
        return new Event.Message(mark + id, Member.person(by, "Name " + by), text, Optional.empty(), Optional.empty());
    }

    private void say(long seq, String by, String id, String text) {
        cold.saveMessage(room, at(seq), NOON, said(by, id, text));
    }

    private void answer(long seq, String id, String prompt, String text) {
        cold.beginAnswers(room, at(seq), NOON, turn(mark + "t" + id, mark + prompt, branch(mark + id)), NODE);
        cold.finishAnswer(room, finished(mark + "t" + id, mark + id, mark + prompt, text, Outcome.COMPLETE), NODE);
    }

    private List<String> conversation() {
        return cold.messages(room, 100).stream().map(it -> it.message().text()).toList();
    }

    private Stored kept(String id) {
        return cold.message(room, mark + id).orElseThrow();
    }

    @Test
    void erases_what_they_said_and_what_was_answered_and_leaves_the_rest() {
        say(1, eve, "1", "My secret");
        answer(2, "2", "1", "About your secret");
        say(3, bob, "3", "Something else");
        answer(4, "4", "3", "An answer to that");
        say(5, eve, "5", "More of it");
        assertThat(erasures.extent(eve)).isEqualTo(new Extent(1, 0, 2));
        assertThat(erasures.hasSaid(eve, room, "secret")).isTrue();

        forget();
        assertThat(eraseAll()).isEqualTo(3);

        assertThat(conversation()).containsExactly("Something else", "An answer to that");
        for (String id : List.of("1", "2", "5")) {
            assertThat(kept(id).message().text()).isEmpty();
        }
        assertThat(kept("1").message().from().name()).isEmpty();
        assertThat(erasures.hasSaid(eve, room, "secret")).isFalse();
        assertThat(erasures.find(eve).orElseThrow().messages()).isEqualTo(3);
        assertThat(eraseAll()).isZero();
    }

    @Test
    void what_comes_late_has_no_text() {
        cold.beginAnswers(room, at(2), NOON, turn(mark + "t0", mark + "0", branch(mark + "live")), NODE);
        say(1, eve, "0", "Before");
        forget();
        eraseAll();

        say(3, eve, "late", "Too late");
        cold.beginAnswers(room, at(4), NOON, turn(mark + "t1", mark + "late", branch(mark + "a")), NODE);
        for (String branch : List.of("live", "a")) {
            cold.saveTexts(List.of(new LiveText(mark + branch, at(9), "Leaks")), NODE);
            cold.finishAnswer(
                    room, finished(mark + "t", mark + branch, mark + "late", "Leaks", Outcome.COMPLETE), NODE);
        }

        assertThat(conversation()).isEmpty();
        for (String id : List.of("0", "late", "live", "a")) {
            assertThat(kept(id).message().text()).as(id).isEmpty();
            assertThat(kept(id).live()).isFalse();
        }
    }

    @Test
    void takes_the_account_and_knows_what_is_unfinished() {
        say(1, eve, "1", "Hello");
        forget();

        assertThat(users.byId(eve)).isEmpty();
        assertThat(erasures.unfinished(NOON.plusSeconds(1))).contains(eve);
        assertThat(erasures.unfinished(NOON)).doesNotContain(eve);
        assertThat(erasures.rooms(eve)).containsExactly(room);

        erasures.finish(eve, NOON.plusSeconds(5));
        assertThat(erasures.unfinished(NOON.plusSeconds(9))).doesNotContain(eve);
        assertThat(erasures.find(eve).orElseThrow().finished()).hasValue(NOON.plusSeconds(5));

        forget();
        assertThat(erasures.unfinished(NOON.plusSeconds(1))).contains(eve);
        assertThat(users.forget(Ids.next(), bob, NOON)).isEqualTo(Users.Outcome.NO_SUCH_USER);
    }

    @Test
    void forgets_also_whose_account_was_deleted_before() {
        say(1, eve, "1", "Hello");
        users.remove(eve);

        forget();

        assertThat(eraseAll()).isEqualTo(1);
    }

    @Test
    void the_audit_loses_the_texts_and_stays_whole(@TempDir Path data) {
        AuditDirectory directory = new AuditDirectory(data);
        JdbiAuditStore store = new JdbiAuditStore(database);
        Trail trail = new Trail(store, directory, KEY, AuditSettings.DEFAULT, InstantSource.system(), System::nanoTime);
        trail.start();
        Who them = new Who(eve, "erasures");
        Who other = new Who(bob, "erasures");
        trail.record(
                Kind.TEXT, them, new Where(room, mark + "tx", mark + "x", "fast"), "", "", "asked by them " + mark);
        trail.record(Kind.TEXT, other, new Where(room, mark + "t2", mark + "2", "fast"), "", "", "again " + mark);
        trail.record(Kind.TEXT, other, new Where(room, mark + "t4", mark + "4", "fast"), "", "", "theirs not");
        trail.record(Kind.ADMIN, other, Where.NONE, "user.create", eve, "login " + mark);
        trail.record(
                Kind.ADMIN, other, Where.NONE, "key.create", "k1", "name " + mark + ", of user " + eve + ", begins");
        trail.record(Kind.ADMIN, them, Where.NONE, "user.create", bob, "what they did as an administrator");
        trail.stop(Duration.ofSeconds(10));
        say(1, eve, "1", "My secret");
        answer(2, "2", "1", "About it");
        say(3, bob, "3", "Something else");
        answer(4, "4", "3", "Another");

        forget();
        eraseAll();
        erasures.eraseTraces(eve, room);
        erasures.eraseRecords(eve);

        var records = store.find(AuditQuery.ALL, Optional.empty(), 10_000).stream()
                .filter(it -> it.chain().equals(directory.chain()))
                .toList();
        assertThat(records).noneMatch(it -> it.fact().text().contains(mark));
        assertThat(records)
                .extracting(it -> it.fact().text())
                .contains("theirs not", "what they did as an administrator");
        ChainCheck.Report report = ChainCheck.of(
                store,
                directory.chain(),
                List.of(KEY),
                directory.anchor().stream().toList());
        assertThat(report.problems()).isEmpty();
        assertThat(report.erased()).isEqualTo(4);
    }
}
