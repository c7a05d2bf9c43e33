package dev.weir.store;

import dev.weir.pipeline.redact.PseudonymKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The secret of pseudonyms: {@code weir.redact.pseudonym-key} of the configuration, else the one in table {@code
 * pseudonym_key}, which the first node that needs one makes. Thread-safe.
 */
@ApplicationScoped
class JdbiPseudonymKey implements PseudonymKey {

    private static final String KEY = "weir.redact.pseudonym-key";
    private static final int LEAST = 32;

    private final Database database;
    private final Optional<String> configured;
    private volatile byte @Nullable [] bytes;

    @Inject
    JdbiPseudonymKey(Database database, Config config) {
        this(database, config.getOptionalValue(KEY, String.class));
    }

    JdbiPseudonymKey(Database database, Optional<String> configured) {
        this.database = database;
        this.configured = configured.map(String::strip).filter(it -> !it.isEmpty());
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiPseudonymKey() {
        this(null, Optional.empty());
    }

    @Override
    public byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = configured.map(JdbiPseudonymKey::checked).orElseGet(this::kept);
            bytes = known;
        }
        return known.clone();
    }

    private static byte[] checked(String secret) {
        if (secret.length() < LEAST) {
            throw new IllegalStateException(
                    KEY + " has fewer than " + LEAST + " characters. Give it the output of: openssl rand -hex 32");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] kept() {
        Optional<String> found = find();
        if (found.isEmpty()) {
            make();
            found = find();
        }
        return HexFormat.of().parseHex(found.orElseThrow());
    }

    private Optional<String> find() {
        return database.read(handle -> handle.createQuery("SELECT secret FROM pseudonym_key WHERE id = 1")
                .mapTo(String.class)
                .findOne());
    }

    /** Does nothing when another node was faster. */
    private void make() {
        byte[] secret = new byte[LEAST];
        new SecureRandom().nextBytes(secret);
        try {
            database.update(
                    "INSERT INTO pseudonym_key (id, secret, created_at) VALUES (1, ?, ?)",
                    HexFormat.of().formatHex(secret),
                    Instant.now().toEpochMilli());
        } catch (JdbiException e) {
            if (!Retry.sqlState(e).equals(JdbiUsers.UNIQUE_VIOLATION)) {
                throw e;
            }
        }
    }
}
