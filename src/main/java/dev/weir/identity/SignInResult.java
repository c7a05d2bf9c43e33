package dev.weir.identity;

import java.time.Duration;
import java.time.Instant;

/** What came of an attempt to sign in. */
public sealed interface SignInResult {

    /**
     * The user is signed in.
     *
     * @param token the secret for the user's cookie: 256 random bits in URL-safe base 64, 43 characters
     * @param expires from when on it is no longer good
     */
    record Accepted(String token, Instant expires, User user) implements SignInResult {

        /** Without the token. */
        @Override
        public String toString() {
            return "Accepted[" + user.login() + " until " + expires + "]";
        }
    }

    /** The login or the password is wrong; which of them is nobody's business. */
    record Wrong() implements SignInResult {}

    /**
     * Too many wrong attempts; the password was not looked at.
     *
     * @param retryAfter until the next attempt is looked at; whole seconds, at least one
     */
    record Limited(Duration retryAfter) implements SignInResult {}
}
