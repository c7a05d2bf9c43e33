package dev.weir.model;

/** The configuration gives this node a role that there is not. */
public final class InvalidNodeRoles extends IllegalStateException {

    private static final long serialVersionUID = 1;

    InvalidNodeRoles(String message) {
        super(message);
    }
}
