package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import dev.weir.identity.ApiKey;
import dev.weir.identity.ApiKeys;
import dev.weir.identity.Organisation;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users.Outcome;
import dev.weir.room.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every engine must do. */
abstract class AccountsContract {

    private final Engine engine;
    private final JdbiUsers users;
    private final JdbiSignIns signIns;
    private final JdbiOrganisations organisations;
    private final User ada = user("ada" + Ids.next());
    private final String token = Ids.next();

    AccountsContract(Engine engine) {
        this.engine = engine;
        users = new JdbiUsers(engine.shared());
        signIns = new JdbiSignIns(engine.shared());
        organisations = new JdbiOrganisations(engine.shared());
        users.saveOrganisation("default", "Default");
        users.create(ada, "hash");
    }

    @Test
    void gives_back_a_user_as_created() {
        assertThat(users.byId(ada.id())).hasValue(ada);
        assertThat(users.byLogin(ada.login())).hasValue(ada);
        assertThat(users.passwordHash(ada.login())).hasValue("hash");
    }

    @Test
    void keeps_api_keys_until_they_are_deleted() {
        JdbiApiKeys keys = new JdbiApiKeys(engine.shared());
        ApiKey key = new ApiKey(
                Ids.next(), "Job", ada.id(), "weir_abc1", NOON, Optional.of(NOON), Set.of("a", "b"), Optional.empty());
        ApiKey other = new ApiKey(
                Ids.next(),
                "Other",
                ada.id(),
                "weir_abc2",
                NOON.plusSeconds(1),
                Optional.empty(),
                Set.of(),
                Optional.empty());
        keys.save(key, "h" + key.id());
        keys.save(other, "h" + other.id());

        assertThat(keys.find("h" + key.id())).hasValue(new ApiKeys.Owned(key, ada));
        assertThat(keys.byId(other.id())).hasValue(other);
        assertThat(keys.of(ada.id())).containsExactly(other, key);
        assertThat(keys.all()).contains(key, other);
        keys.used(other.id(), NOON.plusSeconds(9));
        assertThat(keys.byId(other.id()).orElseThrow().lastUsedAt()).hasValue(NOON.plusSeconds(9));
        keys.delete(key.id());
        keys.delete(key.id());
        assertThat(keys.find("h" + key.id())).isEmpty();
    }

    @Test
    void knows_the_languages_of_a_room_and_for_an_author_those_of_the_others() {
        JdbiLanguages languages = new JdbiLanguages(engine.shared());
        JdbiRoomStore rooms = new JdbiRoomStore(engine.shared());
        Room room = Room.conversation(Ids.next(), "Plans", "smart", NOON, NOON);
        rooms.create(room, ada.id());
        List<User> members = new ArrayList<>();
        for (String language : List.of("fr", "fr", "de", "")) {
            User member = user("m" + Ids.next());
            users.create(member, "hash");
            rooms.addMember(room.id(), member.id());
            languages.choose(member.id(), language);
            members.add(member);
        }

        assertThat(languages.inUse(room.id(), "")).containsExactly("fr", "de");
        assertThat(languages.inUse(room.id(), ada.id())).containsExactly("fr", "de");
        assertThat(languages.inUse(room.id(), members.get(0).id())).containsExactly("de");
        assertThat(languages.inUse(room.id(), members.get(2).id())).containsExactly("fr");
        assertThat(languages.inUse("nowhere", "")).isEmpty();
    }

    @Test
    void knows_nobody_else() {
        assertThat(users.byId("nobody")).isEmpty();
        assertThat(users.byLogin("' OR '1'='1")).isEmpty();
        assertThat(users.passwordHash("nobody")).isEmpty();
    }

    @Test
    void refuses_a_login_that_is_taken() {
        assertThat(users.create(user(ada.login()), "other")).isFalse();
        assertThat(users.passwordHash(ada.login())).hasValue("hash");
    }

    @Test
    void gives_a_login_to_one_of_those_who_want_it_at_once() throws Exception {
        String login = "wanted" + Ids.next();
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<Boolean>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return users.create(user(login), "hash");
                }));
            }
        }
        int created = 0;
        for (Future<Boolean> future : running) {
            created += future.get() ? 1 : 0;
        }
        assertThat(created).isEqualTo(1);
    }

    @Test
    void keeps_an_organisation_once() {
        users.saveOrganisation("default", "Other name");

        assertThat(users.byId(ada.id())).hasValue(ada);
    }

    @Test
    void changes_a_password() {
        users.changePassword(ada.id(), "new");

        assertThat(users.passwordHash(ada.login())).hasValue("new");
    }

    @Test
    void is_empty_until_the_first_user() {
        try (Database fresh = engine.started()) {
            JdbiUsers first = new JdbiUsers(fresh);
            assertThat(first.isEmpty()).isTrue();
            first.saveOrganisation("default", "Default");
            first.create(ada, "hash");
            assertThat(first.isEmpty()).isFalse();
        }
    }

    @Test
    void finds_a_sign_in_until_it_expires() {
        signIns.save(token, ada.id(), NOON);

        assertThat(signIns.find(token, NOON.minusMillis(1))).hasValue(ada);
        assertThat(signIns.find(token, NOON)).isEmpty();
        assertThat(signIns.find("unknown", NOON.minusMillis(1))).isEmpty();
    }

    @Test
    void keeps_one_sign_in_when_it_is_saved_twice() {
        signIns.save(token, ada.id(), NOON);
        signIns.save(token, ada.id(), NOON.plusSeconds(1));

        assertThat(signIns.find(token, NOON)).hasValue(ada);
    }

    @Test
    void ends_one_sign_in_or_all_of_a_user() {
        signIns.save(token, ada.id(), NOON);
        signIns.save(token + "2", ada.id(), NOON);
        signIns.save(token + "3", ada.id(), NOON);
        signIns.delete(token);
        assertThat(signIns.find(token, NOON.minusMillis(1))).isEmpty();
        assertThat(signIns.find(token + "2", NOON.minusMillis(1))).isPresent();

        signIns.deleteAll(ada.id());
        assertThat(signIns.find(token + "2", NOON.minusMillis(1))).isEmpty();
        assertThat(signIns.find(token + "3", NOON.minusMillis(1))).isEmpty();
    }

    @Test
    void clears_away_what_expired() {
        signIns.save(token, ada.id(), NOON);
        signIns.save(token + "2", ada.id(), NOON.plusSeconds(9));
        signIns.deleteExpired(NOON);

        assertThat(signIns.find(token, NOON.minusSeconds(1))).isEmpty();
        assertThat(signIns.find(token + "2", NOON)).isPresent();
    }

    @Test
    void lists_users_by_login_page_by_page() {
        try (Database fresh = engine.started()) {
            JdbiUsers few = new JdbiUsers(fresh);
            few.saveOrganisation("default", "Default");
            for (String login : List.of("c", "a", "b")) {
                few.create(user(login), "hash");
            }

            assertThat(few.list("", 2)).extracting(User::login).containsExactly("a", "b");
            assertThat(few.list("b", 2)).extracting(User::login).containsExactly("c");
            assertThat(few.list("c", 2)).isEmpty();
        }
    }

    @Test
    void changes_all_of_a_user_but_the_login() {
        organisations.create(new Organisation(ada.id(), "Other"));
        User changed = new User(
                ada.id(), ada.login(), "Countess", ada.id(), Set.of(Role.ADMIN, Role.AUDITOR), Set.of(), false);

        assertThat(users.update(changed, Optional.of("new"))).isEqualTo(Outcome.DONE);
        assertThat(users.byId(ada.id())).hasValue(changed);
        assertThat(users.passwordHash(ada.login())).hasValue("new");

        assertThat(users.update(changed, Optional.empty())).isEqualTo(Outcome.DONE);
        assertThat(users.passwordHash(ada.login())).hasValue("new");
    }

    @Test
    void says_why_a_user_was_not_changed() {
        assertThat(users.update(user("nobody"), Optional.empty())).isEqualTo(Outcome.NO_SUCH_USER);
        assertThat(users.remove("nobody")).isEqualTo(Outcome.NO_SUCH_USER);
        User elsewhere = new User(ada.id(), ada.login(), "Ada", "nowhere", ada.roles());
        assertThat(users.update(elsewhere, Optional.empty())).isEqualTo(Outcome.NO_SUCH_ORGANISATION);
        assertThat(users.byId(ada.id())).hasValue(ada);
    }

    @Test
    void keeps_a_disabled_user_out() {
        signIns.save(token, ada.id(), NOON);
        users.create(user("other" + Ids.next()), "hash");

        assertThat(users.update(disabled(ada), Optional.empty())).isEqualTo(Outcome.DONE);

        assertThat(users.passwordHash(ada.login())).isEmpty();
        assertThat(signIns.find(token, NOON.minusMillis(1))).isEmpty();
        assertThat(users.byId(ada.id())).hasValueSatisfying(it -> {
            assertThat(it.disabled()).isTrue();
            assertThat(it.is(Role.ADMIN)).isFalse();
        });
    }

    @Test
    void deletes_a_user_with_their_sign_ins() {
        signIns.save(token, ada.id(), NOON);
        users.create(user("other" + Ids.next()), "hash");

        assertThat(users.remove(ada.id())).isEqualTo(Outcome.DONE);

        assertThat(users.byId(ada.id())).isEmpty();
        assertThat(signIns.find(token, NOON.minusMillis(1))).isEmpty();
    }

    @Test
    void keeps_the_last_administrator() {
        try (Database fresh = engine.started()) {
            JdbiUsers few = new JdbiUsers(fresh);
            few.saveOrganisation("default", "Default");
            few.create(ada, "hash");
            few.create(disabled(user("gone")), "hash");
            User plain = new User(ada.id(), ada.login(), "Ada", "default", Set.of(Role.USER));

            assertThat(few.update(plain, Optional.empty())).isEqualTo(Outcome.LAST_ADMINISTRATOR);
            assertThat(few.update(disabled(ada), Optional.empty())).isEqualTo(Outcome.LAST_ADMINISTRATOR);
            assertThat(few.remove(ada.id())).isEqualTo(Outcome.LAST_ADMINISTRATOR);
            assertThat(few.byId(ada.id())).hasValue(ada);
        }
    }

    @Test
    void keeps_one_of_those_who_take_away_each_other() throws Exception {
        try (Database fresh = engine.started()) {
            JdbiUsers few = new JdbiUsers(fresh);
            few.saveOrganisation("default", "Default");
            List<User> all = List.of(user("a"), user("b"), user("c"), user("d"));
            all.forEach(it -> few.create(it, "hash"));
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<Outcome>> running = new ArrayList<>();
            try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
                for (User user : all) {
                    running.add(pool.submit(() -> {
                        start.await();
                        return user.login().compareTo("b") > 0
                                ? few.remove(user.id())
                                : few.update(
                                        new User(user.id(), user.login(), "X", "default", Set.of(Role.USER)),
                                        Optional.empty());
                    }));
                }
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : running) {
                outcomes.add(future.get());
            }

            assertThat(outcomes)
                    .containsExactlyInAnyOrder(Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.LAST_ADMINISTRATOR);
        }
    }

    @Test
    void ends_every_sign_in_but_one() {
        signIns.save(token, ada.id(), NOON);
        signIns.save(token + "2", ada.id(), NOON);
        signIns.deleteOthers(ada.id(), token);

        assertThat(signIns.find(token, NOON.minusMillis(1))).isPresent();
        assertThat(signIns.find(token + "2", NOON.minusMillis(1))).isEmpty();
    }

    @Test
    void keeps_organisations_and_deletes_empty_ones() {
        Organisation one = new Organisation("a" + Ids.next(), "One");
        organisations.create(one);
        assertThat(organisations.find(one.id())).hasValue(one);
        assertThat(organisations.list("", 1000)).contains(one);
        assertThat(organisations.list(one.id(), 1000)).doesNotContain(one);

        assertThat(organisations.rename(one.id(), "Two")).isTrue();
        assertThat(organisations.rename("nowhere", "Two")).isFalse();
        assertThat(organisations.find(one.id())).hasValue(new Organisation(one.id(), "Two"));

        assertThat(organisations.delete("default")).isFalse();
        assertThat(organisations.delete(one.id())).isTrue();
        assertThat(organisations.find(one.id())).isEmpty();
    }

    private static User disabled(User user) {
        return new User(user.id(), user.login(), user.name(), user.organisation(), user.roles(), Set.of(), true);
    }

    private static User user(String login) {
        return new User(Ids.next(), login, "Ada", "default", Set.of(Role.ADMIN, Role.USER));
    }
}
