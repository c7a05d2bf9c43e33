package dev.weir.identity;

import java.util.Set;

/**
 * A person with an account, as who they call.
 *
 * @param login what they sign in with, lower case, unique in the installation
 * @param name what others see
 * @param organisation the id of their organisation
 * @param models the models that may be asked, when the call came with an API key that is limited to some; empty for all
 */
public record User(String id, String login, String name, String organisation, Set<Role> roles, Set<String> models) {
    public User {
        roles = Set.copyOf(roles);
        models = Set.copyOf(models);
    }

    /** A user who may ask every model. */
    public User(String id, String login, String name, String organisation, Set<Role> roles) {
        this(id, login, name, organisation, roles, Set.of());
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    public boolean mayAsk(String model) {
        return models.isEmpty() || models.contains(model);
    }

    /** The same user, limited to these models; empty for no limit. */
    public User limitedTo(Set<String> only) {
        return new User(id, login, name, organisation, roles, only);
    }
}
