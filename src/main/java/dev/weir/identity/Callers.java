package dev.weir.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a call is, from what it brought along: an API key ({@code Authorization: Bearer}), else the cookie of a
 * sign-in. Long calls ask again while they last. Methods may block. Thread-safe.
 */
public class Callers {

    private static final String BEARER = "bearer ";

    private final SignInService signIns;
    private final ApiKeyService keys;

    public Callers(SignInService signIns, ApiKeyService keys) {
        this.signIns = signIns;
        this.keys = keys;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected Callers() {
        this(null, null);
    }

    /** What a call brought along to say whose it is; at most one of the two, each empty when there was none. */
    public record Credentials(String key, String token) {

        public static final Credentials NONE = new Credentials("", "");

        /**
         * A key in the {@code Authorization} header counts, and the cookie then does not.
         *
         * @param authorization the header
         * @param token the value of the cookie {@link SignInService#COOKIE}
         */
        public static Credentials of(@Nullable String authorization, Optional<String> token) {
            if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return new Credentials(authorization.substring(BEARER.length()).strip(), "");
            }
            return new Credentials("", token.orElse(""));
        }

        @Override
        public String toString() {
            return "Credentials";
        }
    }

    /** The caller; empty when the credentials are wrong, expired or revoked, or the user is disabled. */
    public Optional<Caller> find(Credentials credentials) {
        if (!credentials.key().isEmpty()) {
            return keys.find(credentials.key())
                    .filter(it -> !it.owner().disabled())
                    .map(it -> new Caller(it.owner(), credentials));
        }
        return credentials.token().isEmpty()
                ? Optional.empty()
                : signIns.find(credentials.token()).map(it -> new Caller(it, credentials));
    }
}
