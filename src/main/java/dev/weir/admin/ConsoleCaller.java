package dev.weir.admin;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who looks at the console, as the account is now. */
@Named("me")
@RequestScoped
public class ConsoleCaller {

    private final Users users;
    private final ExternalContext request;
    private @Nullable User user;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ConsoleCaller() {
        this(null, null);
    }

    @Inject
    ConsoleCaller(Users users, ExternalContext request) {
        this.users = users;
        this.request = request;
    }

    /**
     * The account.
     *
     * @throws NotAllowed when nobody is signed in
     */
    public User user() {
        User known = user;
        if (known == null) {
            known = Optional.ofNullable(request.getUserPrincipal())
                    .map(Principal::getName)
                    .flatMap(users::byId)
                    .orElseThrow(NotAllowed::new);
            user = known;
        }
        return known;
    }

    public String getName() {
        return user().name();
    }

    /** Whether things may be changed. */
    public boolean isAdmin() {
        return user().is(Role.ADMIN);
    }

    /** Whether every page may be seen; otherwise only those about budgets. */
    public boolean isOverseer() {
        return isAdmin() || user().is(Role.AUDITOR);
    }

    /** Whether budgets of the own organisation may be changed, and its turns stopped. */
    public boolean isManager() {
        return user().is(Role.MANAGER);
    }

    /** What the caller is here, in words. */
    public String getPart() {
        String looks = isManager() ? "Manager, else looking only" : "Auditor: looking only";
        return isAdmin() ? "Administrator" : isOverseer() ? looks : "Manager";
    }

    /**
     * The caller, who may change things.
     *
     * @throws NotAllowed when the caller is no administrator
     */
    User admin() {
        if (!isAdmin()) {
            throw new NotAllowed();
        }
        return user();
    }

    /** Somebody asked for what only administrators get. The pages don't offer it, so the request was made by hand. */
    static final class NotAllowed extends RuntimeException {

        private static final long serialVersionUID = 1;

        NotAllowed() {
            super("Your account does not allow this. Ask an administrator.");
        }
    }
}
