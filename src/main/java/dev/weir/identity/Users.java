package dev.weir.identity;

import java.util.Optional;

/** The accounts. Methods block on the database. Thread-safe. */
public interface Users {

    Optional<User> byId(String id);

    Optional<User> byLogin(String login);

    /** The password's hash for a login; empty when there is no such user. */
    Optional<String> passwordHash(String login);

    /** Creates or keeps the organisation of this id. */
    void saveOrganisation(String id, String name);

    /** Creates the user, or does nothing and returns false when the login is taken. */
    boolean create(User user, String passwordHash);

    void changePassword(String userId, String passwordHash);

    boolean isEmpty();
}
