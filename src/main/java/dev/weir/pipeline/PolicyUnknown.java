package dev.weir.pipeline;

/** A policy could not be read and was not known from before, so nobody can say which checks apply; nothing may run. */
public final class PolicyUnknown extends RuntimeException {

    private static final long serialVersionUID = 1;

    PolicyUnknown(Scope scope, Throwable cause) {
        super("The policy of " + scope.word() + " could not be read", cause);
    }
}
