package dev.weir.identity;

import dev.weir.audit.Audit;
import dev.weir.event.Ids;
import dev.weir.identity.AccountProblem.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What administrators do with users, and users with their own password. Auditors may read. Every door comes here, and the
 * rules are here alone: there is always an administrator left, nobody locks themselves out, and whoever is disabled or
 * gets another password is signed out at once. Methods block on the database. Thread-safe.
 */
@ApplicationScoped
public class Accounts {

    private final Users users;
    private final Organisations organisations;
    private final Passwords passwords;
    private final SignInService signIns;
    private final Departures departures;
    private final Audit audit;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Accounts() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Accounts(
            Users users,
            Organisations organisations,
            Passwords passwords,
            SignInService signIns,
            Departures departures,
            Audit audit) {
        this.users = users;
        this.organisations = organisations;
        this.passwords = passwords;
        this.signIns = signIns;
        this.departures = departures;
        this.audit = audit;
    }

    /**
     * A new user.
     *
     * @param password the generated password, to be shown once; empty when one was given
     */
    public record Created(User user, Optional<String> password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Created[" + user.login() + "]";
        }
    }

    /**
     * The users in the order of their logins.
     *
     * @param after the last login of the page before; empty for the first page
     * @throws AccountProblem as every method here, when the caller may not do this or it can't be done
     */
    public List<User> list(User caller, String after, int limit) {
        AccountRules.mayRead(caller);
        return users.list(after, limit);
    }

    public User user(User caller, String id) {
        AccountRules.mayRead(caller);
        return find(id);
    }

    /** Refuses who may only read, or nothing, before what they ask is even looked at. */
    public void checkMayChange(User caller) {
        AccountRules.mayChange(audit, caller, "user.create", "");
    }

    public Created create(User caller, UserDraft draft) {
        AccountRules.mayChange(audit, caller, "user.create", "");
        String login = AccountRules.login(draft.login());
        draft.password().ifPresent(it -> refuseWeak(it, login));
        User user = new User(
                Ids.next(),
                login,
                draft.name().map(AccountRules::name).orElse(login),
                draft.organisation().map(this::organisation).orElse(caller.organisation()),
                draft.roles().map(AccountRules::roles).orElse(Set.of(Role.USER)));
        String password = draft.password().orElseGet(passwords::generate);
        if (!users.create(user, passwords.hash(password))) {
            throw AccountProblem.of(
                    Kind.LOGIN_TAKEN, "Somebody signs in as " + login + " already. Choose another login.");
        }
        audit.record(caller.who(), "user.create", user.id(), AccountDetails.of(user));
        return new Created(user, draft.password().isPresent() ? Optional.empty() : Optional.of(password));
    }

    /** Changes a user; one who is disabled by it, or gets another password, is signed out everywhere. */
    public User change(User caller, String id, UserChange change) {
        AccountRules.mayChange(audit, caller, "user.change", id);
        User before = find(id);
        if (change.disabled().orElse(false) && id.equals(caller.id())) {
            throw AccountProblem.of(Kind.YOURSELF, "You can't disable yourself. Another administrator can.");
        }
        User after = changed(before, change);
        change.password().ifPresent(it -> refuseWeak(it, before.login()));
        check(users.update(after, change.password().map(passwords::hash)));
        audit.record(
                caller.who(),
                "user.change",
                id,
                AccountDetails.of(before, after, change.password().isPresent()));
        if (after.disabled() || change.password().isPresent()) {
            signIns.signOutEverywhere(id);
        } else {
            signIns.refresh(id);
        }
        return after;
    }

    private User changed(User user, UserChange change) {
        return new User(
                user.id(),
                user.login(),
                change.name().map(AccountRules::name).orElse(user.name()),
                change.organisation().map(this::organisation).orElse(user.organisation()),
                change.roles().map(AccountRules::roles).orElse(user.roles()),
                user.models(),
                change.disabled().orElse(user.disabled()));
    }

    /** Deletes a user; what they said in rooms of others stays there. */
    public void delete(User caller, String id) {
        AccountRules.mayChange(audit, caller, "user.delete", id);
        User user = find(id);
        if (id.equals(caller.id())) {
            throw AccountProblem.of(Kind.YOURSELF, "You can't delete yourself. Another administrator can.");
        }
        check(users.remove(id));
        audit.record(caller.who(), "user.delete", id, AccountDetails.of(user));
        signIns.signOutEverywhere(id);
        departures.left(user);
    }

    /**
     * Takes a user's account away for good, and marks that what they said is to be erased everywhere; signed out at once.
     * Whose account is gone already can be forgotten as well, and again.
     */
    public void forget(User caller, String id) {
        AccountRules.mayChange(audit, caller, "user.erase", id);
        if (id.equals(caller.id())) {
            throw AccountProblem.of(Kind.YOURSELF, "You can't erase yourself. Another administrator can.");
        }
        check(users.forget(id, caller.id(), Instant.now()));
        audit.record(caller.who(), "user.erase", id, "");
        signIns.signOutEverywhere(id);
    }

    /**
     * Gives the caller another password and ends their other sign-ins.
     *
     * @param token that of the sign-in which stays; empty to end all
     */
    public void changeOwnPassword(User caller, String before, String after, Optional<String> token) {
        signIns.refuse(caller, before).ifPresent(why -> {
            throw why instanceof SignInResult.Limited limited
                    ? AccountProblem.of(
                            Kind.TOO_MANY_ATTEMPTS,
                            "Too many wrong passwords. Try again in "
                                    + limited.retryAfter().toSeconds() + " seconds.")
                    : AccountProblem.of(Kind.WRONG_PASSWORD, "The old password is wrong.");
        });
        refuseWeak(after, caller.login());
        users.changePassword(caller.id(), passwords.hash(after));
        audit.record(caller.who(), "user.change-own-password", caller.id(), "");
        token.ifPresentOrElse(
                it -> signIns.signOutElsewhere(caller.id(), it), () -> signIns.signOutEverywhere(caller.id()));
    }

    private User find(String id) {
        return users.byId(id).orElseThrow(() -> AccountProblem.of(Kind.NO_SUCH_USER, "There is no such user."));
    }

    private String organisation(String id) {
        if (organisations.find(id).isEmpty()) {
            throw AccountProblem.invalid("organisation", "There is no such organisation. Name one by its id.");
        }
        return id;
    }

    private void refuseWeak(String password, String login) {
        passwords.weakness(password, login).ifPresent(why -> {
            throw AccountProblem.of(Kind.WEAK_PASSWORD, why);
        });
    }

    private static void check(Users.Outcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case NO_SUCH_USER -> throw AccountProblem.of(Kind.NO_SUCH_USER, "There is no such user.");
            case NO_SUCH_ORGANISATION ->
                throw AccountProblem.invalid("organisation", "There is no such organisation. Name one by its id.");
            case LAST_ADMINISTRATOR ->
                throw AccountProblem.of(
                        Kind.LAST_ADMINISTRATOR,
                        "This is the last administrator. Make somebody else an administrator first.");
        }
    }
}
