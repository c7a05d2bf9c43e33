package dev.weir.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts. Methods block on the database. Thread-safe. */
public interface Users {

    Optional<User> byId(String id);

    Optional<User> byLogin(String login);

    /** The users whose logins come after this one, in the order of their logins; from the first for an empty one. */
    List<User> list(String after, int limit);

    /** The password's hash for a login; empty when there is no such user, or they are disabled. */
    Optional<String> passwordHash(String login);

    /** Creates or keeps the organisation of this id. */
    void saveOrganisation(String id, String name);

    /** Creates the user, or does nothing and returns false when the login is taken. */
    boolean create(User user, String passwordHash);

    void changePassword(String userId, String passwordHash);

    /** What became of a change. */
    enum Outcome {
        DONE,
        NO_SUCH_USER,
        NO_SUCH_ORGANISATION,
        /** Not done: nobody would be left who is an administrator and not disabled. */
        LAST_ADMINISTRATOR
    }

    /**
     * Sets name, organisation, roles and whether disabled, of the user with this id: all of it or nothing. The login stays.
     *
     * @param passwordHash the new password's; empty to leave it
     */
    Outcome update(User user, Optional<String> passwordHash);

    /** Deletes the user with their sign-ins. */
    Outcome remove(String userId);

    /**
     * Deletes the user with their sign-ins and keys, and marks that everything they said is to be erased: both or nothing.
     * Done as well when it was marked before.
     *
     * @param by who wants it
     * @return {@link Outcome#NO_SUCH_USER} when there is no such account and nothing that one of this id has said
     */
    Outcome forget(String userId, String by, Instant at);

    boolean isEmpty();
}
