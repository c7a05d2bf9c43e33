package dev.weir.store;

import dev.weir.audit.Audit;
import dev.weir.event.Ids;
import dev.weir.identity.ApiKeyService;
import dev.weir.identity.FirstAdministrator;
import dev.weir.identity.Passwords;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Accounts in the embedded database of an installation that is not running, for there is no door yet that makes them. */
public final class Accounts {

    private Accounts() {}

    /**
     * Makes the administrator and one user for each login, all with the same password.
     *
     * @param adminKey the administrator's API key
     * @param data the installation's data directory
     */
    public static void make(Path data, String password, String adminKey, String... logins) {
        make(DatabaseSettings.embedded(data), password, adminKey, logins);
    }

    /** The same in any database that no installation uses yet. */
    public static void make(DatabaseSettings settings, String password, String adminKey, String... logins) {
        Passwords passwords = new Passwords();
        try (Database database = new Database(settings)) {
            database.start();
            JdbiUsers users = new JdbiUsers(database);
            ApiKeyService keys =
                    new ApiKeyService(new JdbiApiKeys(database), users, InstantSource.system(), Audit.NONE);
            new FirstAdministrator(users, passwords, keys).ensure(Optional.of(password), Optional.of(adminKey));
            String hash = passwords.hash(password);
            for (String login : logins) {
                String name = Character.toUpperCase(login.charAt(0)) + login.substring(1);
                users.create(
                        new User(Ids.next(), login, name, FirstAdministrator.ORGANISATION, Set.of(Role.USER)), hash);
            }
        }
    }
}
