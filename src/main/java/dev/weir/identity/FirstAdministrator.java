package dev.weir.identity;

import dev.weir.event.Ids;
import java.util.Optional;
import java.util.Set;

/** Sees to it that a new installation has somebody who can sign in. */
public final class FirstAdministrator {

    public static final String LOGIN = "admin";
    public static final String ORGANISATION = "default";

    private final Users users;
    private final Passwords passwords;
    private final ApiKeyService keys;

    public FirstAdministrator(Users users, Passwords passwords, ApiKeyService keys) {
        this.users = users;
        this.passwords = passwords;
        this.keys = keys;
    }

    /**
     * Creates the organisation {@value #ORGANISATION} and in it the user {@value #LOGIN}, when there is no user yet.
     *
     * @param wanted the configured password ({@code weir.admin.password}); empty to have one generated. Has no effect
     *     once there are users
     * @param key the API key that the administrator shall have ({@code weir.admin.api-key}); has no effect once there are
     *     users
     * @return the generated password, to be shown once; empty when none was generated
     * @throws WeakPasswordException when the wanted password or key is needed and weak
     */
    public Optional<String> ensure(Optional<String> wanted, Optional<String> key) {
        if (!users.isEmpty()) {
            return Optional.empty();
        }
        wanted.ifPresent(this::refuseWeak);
        key.ifPresent(ApiKeyService::refuseWeak);
        String password = wanted.orElseGet(passwords::generate);
        users.saveOrganisation(ORGANISATION, "Default");
        User administrator = new User(Ids.next(), LOGIN, "Administrator", ORGANISATION, Set.of(Role.ADMIN, Role.USER));
        boolean created = users.create(administrator, passwords.hash(password));
        if (created) {
            key.ifPresent(it -> keys.adopt(administrator, "From the configuration", it));
        }
        return created && wanted.isEmpty() ? Optional.of(password) : Optional.empty();
    }

    private void refuseWeak(String password) {
        passwords.weakness(password, LOGIN).ifPresent(why -> {
            throw new WeakPasswordException("weir.admin.password is refused. " + why);
        });
    }
}
