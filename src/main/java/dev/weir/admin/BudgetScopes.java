package dev.weir.admin;

import dev.weir.budget.Reach;
import dev.weir.identity.ApiKey;
import dev.weir.identity.ApiKeyService;
import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose a budget can be, and in words whose it is. Managers choose within their organisation. */
@Named
@RequestScoped
public class BudgetScopes {

    private final Users users;
    private final Organisations organisations;
    private final ApiKeyService keys;
    private final ConsoleCaller me;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected BudgetScopes() {
        this(null, null, null, null);
    }

    @Inject
    BudgetScopes(Users users, Organisations organisations, ApiKeyService keys, ConsoleCaller me) {
        this.users = users;
        this.organisations = organisations;
        this.keys = keys;
        this.me = me;
    }

    /** The organisations that the caller may choose, by name: for managers their own. */
    public List<Organisation> getOrganisations() {
        User user = me.user();
        return user.is(Role.ADMIN) || user.is(Role.AUDITOR)
                ? organisations.list("", OrganisationNames.MOST).stream()
                        .sorted(Comparator.comparing(Organisation::name, String.CASE_INSENSITIVE_ORDER))
                        .toList()
                : organisations.find(user.organisation()).stream().toList();
    }

    /** Whether budgets can be for everybody. */
    public boolean isWhole() {
        return me.user().is(Role.ADMIN) || me.user().is(Role.AUDITOR);
    }

    public List<ApiKey> getKeys() {
        return keys.list(me.user());
    }

    /** The id of somebody for whom the caller may make a budget. */
    Optional<String> userByLogin(String login) {
        return users.byLogin(login.toLowerCase(Locale.ROOT))
                .filter(it -> isWhole() || it.organisation().equals(me.user().organisation()))
                .map(User::id);
    }

    String login(String user) {
        return user.isEmpty() ? "" : users.byId(user).map(User::login).orElse(user);
    }

    /** {@code Acme, user anna, model smart}; {@code everybody} for every answer. */
    String words(Reach reach) {
        List<String> words = new ArrayList<>();
        if (!reach.organisation().isEmpty()) {
            words.add(organisations
                    .find(reach.organisation())
                    .map(Organisation::name)
                    .orElse(reach.organisation()));
        }
        put(words, "user", login(reach.user()));
        put(words, "API key", reach.key().isEmpty() ? "" : key(reach.key()));
        put(words, "room", reach.room());
        put(words, "model", reach.model());
        return words.isEmpty() ? "everybody" : String.join(", ", words);
    }

    private String key(String id) {
        return getKeys().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(ApiKey::name)
                .orElse(id);
    }

    private static void put(List<String> words, String what, String value) {
        if (!value.isEmpty()) {
            words.add(what + " " + value);
        }
    }
}
