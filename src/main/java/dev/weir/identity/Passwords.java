package dev.weir.identity;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords with Argon2id at 19 MiB, 2 passes and 1 lane (OWASP Password Storage Cheat Sheet). No more
 * passwords are hashed at a time than there are processors, so that a flood of sign-ins can't take all memory; the
 * others wait. Thread-safe.
 */
@ApplicationScoped
public class Passwords {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    /** Without characters that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 5;

    private final SecureRandom random = new SecureRandom();
    private final Semaphore atATime = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** The hash in PHC string format ({@code $argon2id$v=19$…}), with a salt of its own. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return inTurn(() -> function().hash(bytes(password), salt).getResult());
    }

    /** Compares in constant time. False for what is no hash of ours. */
    public boolean matches(String password, String hash) {
        return inTurn(() -> {
            try {
                return Argon2Function.getInstanceFromHash(hash)
                        .check(bytes(password), hash.getBytes(StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                return false;
            }
        });
    }

    /** False, after as long as {@link #matches} takes: for a login that nobody has, so that the time doesn't tell which exist. */
    public boolean matchesNobody(String password) {
        var unused = inTurn(() -> function().hash(bytes(password), new byte[SALT_BYTES]));
        return false;
    }

    /** Why this password must not be used for this login, as a plain sentence; empty when it may. */
    public Optional<String> weakness(String password, String login) {
        return Weakness.of(password, login);
    }

    /** A new random password of 99 bits, such as {@code kx7pm-2hqwt-9bnrd-cz4fy}. */
    public String generate() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            if (i > 0 && i % GROUP_LENGTH == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private <T> T inTurn(Supplier<T> work) {
        atATime.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            atATime.release();
        }
    }

    private static Argon2Function function() {
        return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    }

    /** Keyboards differ in how they compose a letter: NFKC makes them the same (NIST SP 800-63B, 5.1.1.2). */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }
}
