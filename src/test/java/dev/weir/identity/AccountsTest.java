package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.audit.Audit;
import dev.weir.identity.AccountProblem.Kind;
import dev.weir.identity.SignInResult.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final String GOOD = "kestrel over weirs";
    private static final String BETTER = "heron under bridges";

    private final MemoryAccounts memory = new MemoryAccounts();
    private final MemoryOrganisations kept = new MemoryOrganisations(memory);
    private final Passwords passwords = new Passwords();
    private final SignInService signIns = new SignInService(
            memory, memory, passwords, new FakeClock(), Duration.ofDays(14), Audit.NONE, SignInNews.ALONE);
    private final List<User> left = new ArrayList<>();
    private final Accounts accounts = new Accounts(memory, kept, passwords, signIns, left::add, Audit.NONE);
    private final OrganisationAccounts organisations = new OrganisationAccounts(kept, Audit.NONE);

    private final User root = user("root", Role.ADMIN);
    private final User ada = user("ada", Role.USER);
    private final User auditor = user("lynn", Role.AUDITOR);

    AccountsTest() {
        memory.saveOrganisation("default", "Default");
        for (User user : List.of(root, ada, auditor)) {
            memory.create(user, passwords.hash(GOOD));
        }
    }

    private static User user(String login, Role role) {
        return new User("id-" + login, login, login, "default", Set.of(role));
    }

    private static void refused(Kind kind, ThrowingCallable call) {
        AccountProblem problem = catchThrowableOfType(AccountProblem.class, call);
        assertThat(problem).isNotNull();
        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.detail()).isNotBlank();
    }

    private static UserDraft draft(String login, Optional<String> password) {
        return new UserDraft(login, Optional.empty(), Optional.empty(), Optional.empty(), password);
    }

    private static UserChange change() {
        return new UserChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static UserChange roles(Role role) {
        return new UserChange(
                Optional.empty(), Optional.empty(), Optional.of(Set.of(role)), Optional.empty(), Optional.empty());
    }

    private static UserChange disabled(boolean disabled) {
        return new UserChange(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(disabled));
    }

    private static UserChange password(String password) {
        return new UserChange(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(password), Optional.empty());
    }

    private static UserChange name(String name) {
        return new UserChange(
                Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private String signIn(String login, String password) {
        return ((Accepted) signIns.signIn(login, password, "192.0.2.1")).token();
    }

    @Test
    void only_administrators_change_and_auditors_read() {
        for (User user : List.of(ada, auditor)) {
            refused(Kind.FORBIDDEN, () -> accounts.create(user, draft("new", Optional.of(GOOD))));
            refused(Kind.FORBIDDEN, () -> accounts.change(user, ada.id(), change()));
            refused(Kind.FORBIDDEN, () -> accounts.delete(user, root.id()));
            refused(Kind.FORBIDDEN, () -> organisations.create(user, "New"));
            refused(Kind.FORBIDDEN, () -> organisations.rename(user, "default", "New"));
            refused(Kind.FORBIDDEN, () -> organisations.delete(user, "default"));
        }
        refused(Kind.FORBIDDEN, () -> accounts.list(ada, "", 10));
        refused(Kind.FORBIDDEN, () -> accounts.user(ada, ada.id()));
        refused(Kind.FORBIDDEN, () -> organisations.list(ada, "", 10));
        refused(Kind.FORBIDDEN, () -> organisations.organisation(ada, "default"));
        assertThat(accounts.list(auditor, "", 10)).hasSize(3);
        assertThat(organisations.organisation(auditor, "default").name()).isEqualTo("Default");
    }

    @Test
    void a_new_user_signs_in_with_the_generated_password() {
        Accounts.Created created = accounts.create(root, draft(" Grace ", Optional.empty()));

        assertThat(created.user().login()).isEqualTo("grace");
        assertThat(created.user().roles()).containsExactly(Role.USER);
        assertThat(created.user().organisation()).isEqualTo("default");
        assertThat(signIn("grace", created.password().orElseThrow())).isNotEmpty();
        assertThat(created.toString()).doesNotContain(created.password().orElseThrow());
    }

    @Test
    void a_given_password_is_not_given_back() {
        Accounts.Created created = accounts.create(root, draft("grace", Optional.of(BETTER)));

        assertThat(created.password()).isEmpty();
        assertThat(signIn("grace", BETTER)).isNotEmpty();
    }

    @Test
    void refuses_a_draft_that_is_wrong() {
        refused(Kind.WEAK_PASSWORD, () -> accounts.create(root, draft("grace", Optional.of("password12"))));
        refused(Kind.LOGIN_TAKEN, () -> accounts.create(root, draft("ADA", Optional.of(GOOD))));
        for (String login : List.of("", " ", "a b", "a/b", "x".repeat(101), "a\u0000", "<a>")) {
            refused(Kind.INVALID, () -> accounts.create(root, draft(login, Optional.of(GOOD))));
        }
        UserDraft nowhere =
                new UserDraft("grace", Optional.empty(), Optional.of("nowhere"), Optional.empty(), Optional.of(GOOD));
        refused(Kind.INVALID, () -> accounts.create(root, nowhere));
        UserDraft nothing =
                new UserDraft("grace", Optional.empty(), Optional.empty(), Optional.of(Set.of()), Optional.of(GOOD));
        refused(Kind.INVALID, () -> accounts.create(root, nothing));
        assertThat(memory.users).hasSize(3);
    }

    @Test
    void disabling_ends_all_sign_ins_and_allows_no_new_ones() {
        String token = signIn("ada", GOOD);
        assertThat(signIns.find(token)).isPresent();

        assertThat(accounts.change(root, ada.id(), disabled(true)).disabled()).isTrue();

        assertThat(signIns.find(token)).isEmpty();
        assertThat(signIns.signIn("ada", GOOD, "192.0.2.1")).isInstanceOf(SignInResult.Wrong.class);
        accounts.change(root, ada.id(), disabled(false));
        assertThat(signIn("ada", GOOD)).isNotEmpty();
    }

    @Test
    void another_password_ends_all_sign_ins() {
        String token = signIn("ada", GOOD);

        refused(Kind.WEAK_PASSWORD, () -> accounts.change(root, ada.id(), password("ada-ada-ada")));
        assertThat(signIns.find(token)).isPresent();
        accounts.change(root, ada.id(), password(BETTER));

        assertThat(signIns.find(token)).isEmpty();
        assertThat(signIn("ada", BETTER)).isNotEmpty();
    }

    @Test
    void other_roles_count_at_once_and_leave_the_sign_in() {
        String token = signIn("ada", GOOD);
        assertThat(signIns.find(token).orElseThrow().is(Role.AUDITOR)).isFalse();

        accounts.change(root, ada.id(), roles(Role.AUDITOR));

        assertThat(signIns.find(token).orElseThrow().is(Role.AUDITOR)).isTrue();
    }

    @Test
    void there_is_always_an_administrator_left() {
        refused(Kind.LAST_ADMINISTRATOR, () -> accounts.change(root, root.id(), roles(Role.USER)));
        accounts.change(root, ada.id(), roles(Role.ADMIN));

        accounts.change(root, root.id(), roles(Role.USER));

        User administrator = memory.byId(ada.id()).orElseThrow();
        refused(Kind.LAST_ADMINISTRATOR, () -> accounts.change(administrator, ada.id(), roles(Role.USER)));
    }

    @Test
    void nobody_locks_themselves_out() {
        accounts.change(root, ada.id(), roles(Role.ADMIN));

        refused(Kind.YOURSELF, () -> accounts.change(root, root.id(), disabled(true)));
        refused(Kind.YOURSELF, () -> accounts.delete(root, root.id()));
    }

    @Test
    void deleting_ends_all_sign_ins_and_says_so_to_the_rooms() {
        String token = signIn("ada", GOOD);
        signIns.find(token);

        accounts.delete(root, ada.id());

        assertThat(signIns.find(token)).isEmpty();
        assertThat(left).extracting(User::id).containsExactly(ada.id());
        refused(Kind.NO_SUCH_USER, () -> accounts.delete(root, ada.id()));
        refused(Kind.NO_SUCH_USER, () -> accounts.change(root, ada.id(), name("Ada")));
    }

    @Test
    void changing_ones_own_password_keeps_this_sign_in_only() {
        String here = signIn("ada", GOOD);
        String elsewhere = signIn("ada", GOOD);
        signIns.find(elsewhere);

        refused(Kind.WRONG_PASSWORD, () -> accounts.changeOwnPassword(ada, "wrong", BETTER, Optional.of(here)));
        refused(Kind.WEAK_PASSWORD, () -> accounts.changeOwnPassword(ada, GOOD, "short", Optional.of(here)));
        accounts.changeOwnPassword(ada, GOOD, BETTER, Optional.of(here));

        assertThat(signIns.find(here)).isPresent();
        assertThat(signIns.find(elsewhere)).isEmpty();
        assertThat(signIn("ada", BETTER)).isNotEmpty();
        accounts.changeOwnPassword(ada, BETTER, GOOD, Optional.empty());
        assertThat(signIns.find(here)).isEmpty();
    }

    @Test
    void the_old_password_can_not_be_guessed_for_long() {
        for (int i = 0; i < 5; i++) {
            refused(Kind.WRONG_PASSWORD, () -> accounts.changeOwnPassword(ada, "wrong", BETTER, Optional.empty()));
        }
        refused(Kind.TOO_MANY_ATTEMPTS, () -> accounts.changeOwnPassword(ada, GOOD, BETTER, Optional.empty()));
    }

    @Test
    void an_organisation_goes_only_when_it_is_empty() {
        Organisation other = organisations.create(root, "Other");
        UserChange move = new UserChange(
                Optional.empty(), Optional.of(other.id()), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(accounts.change(root, ada.id(), move).organisation()).isEqualTo(other.id());

        refused(Kind.NOT_EMPTY, () -> organisations.delete(root, other.id()));
        accounts.delete(root, ada.id());
        organisations.delete(root, other.id());

        refused(Kind.NO_SUCH_ORGANISATION, () -> organisations.organisation(root, other.id()));
        refused(Kind.NO_SUCH_ORGANISATION, () -> organisations.rename(root, other.id(), "X"));
        refused(Kind.NO_SUCH_ORGANISATION, () -> organisations.delete(root, other.id()));
        refused(Kind.INVALID, () -> organisations.create(root, " "));
    }
}
