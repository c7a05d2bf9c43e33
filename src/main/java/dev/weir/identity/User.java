package dev.weir.identity;

import dev.weir.audit.Who;
import java.util.Set;

/**
 * A person with an account.
 *
 * @param login what they sign in with, lower case, unique in the installation
 * @param name what others see
 * @param organisation the id of their organisation
 * @param models the models that may be asked, when the call came with an API key that is limited to some; empty for all
 * @param key the id of the API key that the call came with; empty for none
 * @param disabled true when they may neither sign in nor call with a key
 */
public record User(
        String id,
        String login,
        String name,
        String organisation,
        Set<Role> roles,
        Set<String> models,
        String key,
        boolean disabled) {

    public User {
        roles = Set.copyOf(roles);
        models = Set.copyOf(models);
    }

    /** A user who may ask every model, and is not disabled. */
    public User(String id, String login, String name, String organisation, Set<Role> roles) {
        this(id, login, name, organisation, roles, Set.of(), false);
    }

    /** A user as the database knows one: who has not come by a key. */
    public User(
            String id,
            String login,
            String name,
            String organisation,
            Set<Role> roles,
            Set<String> models,
            boolean disabled) {
        this(id, login, name, organisation, roles, models, "", disabled);
    }

    /** One of whom nothing else is known, and who may do nothing. */
    static User unknown(String id) {
        return new User(id, "", "", "", Set.of(), Set.of(), true);
    }

    /** False for one who is disabled, whatever the role. */
    public boolean is(Role role) {
        return !disabled && roles.contains(role);
    }

    /** As the audit names them. */
    public Who who() {
        return new Who(id, organisation);
    }

    public boolean mayAsk(String model) {
        return models.isEmpty() || models.contains(model);
    }

    /** The same user, limited to these models; empty for no limit. */
    public User limitedTo(Set<String> only) {
        return new User(id, login, name, organisation, roles, only, key, disabled);
    }

    /** The same user, who came with this API key. */
    public User through(String by) {
        return new User(id, login, name, organisation, roles, models, by, disabled);
    }
}
