package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.Role;
import dev.weir.identity.User;

/** Users as the REST door shows them. */
final class UserJson {

    private UserJson() {}

    /** To the members of the same room. */
    static ObjectNode member(User user) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.put("id", user.id()).put("name", user.name()).put("login", user.login());
    }

    /** To themselves. */
    static ObjectNode own(User user) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", user.id());
        json.put("login", user.login());
        json.put("name", user.name());
        json.put("organisation", user.organisation());
        user.roles().stream().map(Role::word).sorted().forEach(json.putArray("roles")::add);
        return json;
    }

    /** To administrators and auditors. */
    static ObjectNode account(User user) {
        return own(user).put("disabled", user.disabled());
    }
}
