package dev.weir.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a model gave no answer, or only a part of one.
 *
 * @param message one or two sentences for the user who asked: what happened and what can be done. Never a secret, never a
 *     stack trace
 * @param detail for the operator's log: the technical cause, without secrets
 * @param retryAfter how long the provider asked us to wait
 */
public record ModelFailure(Kind kind, String message, String detail, Optional<Duration> retryAfter) {

    /** What kind of failure. */
    public enum Kind {
        /** No connection to the provider. */
        UNREACHABLE,
        /** The provider does not accept our key. */
        UNAUTHORISED,
        /** The provider does not accept the request (too long, unknown model). */
        REJECTED,
        /** Too many requests: wait. */
        RATE_LIMITED,
        /** The provider has a fault of its own. */
        PROVIDER_ERROR,
        /** The connection ended in the middle of the answer. */
        CUT,
        /** Nothing came for longer than the idle timeout. */
        STALLED
    }
}
