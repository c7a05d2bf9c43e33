package dev.weir.room;

import dev.weir.room.OnceStore.Kept;
import dev.weir.room.Refusal.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Does what a caller asks for under a key once, however often, at once or on how many nodes it is asked for: the others get
 * the answer of the first. An answer is remembered for at least 24 hours; what is refused or fails is not, and may be
 * asked for again. When a node dies in the middle of it, it is done again by who asks 2 minutes after the beginning.
 * Neither the key nor the request are kept, only hashes. Thread-safe.
 */
@ApplicationScoped
public class Once {

    static final Duration REMEMBERED = Duration.ofHours(24);
    static final Duration ABANDONED = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final AtomicReference<Instant> cleaned = new AtomicReference<>(Instant.MIN);
    private final OnceStore store;
    private final InstantSource clock;
    private final Duration patience;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Once() {
        this(null);
    }

    @Inject
    public Once(OnceStore store) {
        this(store, InstantSource.system(), PATIENCE);
    }

    Once(OnceStore store, InstantSource clock, Duration patience) {
        this.store = store;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * An answer.
     *
     * @param again true when it was given before, and nothing was done now
     */
    public record Answer(String text, boolean again) {}

    /**
     * Has the work done, or waits for who does it. Blocks.
     *
     * @param caller the user's id; each has keys of their own
     * @param request all that makes it this request and no other; without secrets
     * @param work what is to be done; gives the answer to remember, without secrets
     * @throws Refusal when the key was used for another request, or the first who asked is not done within 10 seconds
     */
    public Answer perform(String caller, String key, String request, Supplier<String> work) {
        Instant now = clock.instant();
        clean(now);
        String id = sha256(caller, key);
        String fingerprint = sha256(key, request);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Kept> before = store.claim(id, fingerprint, now, now.minus(ABANDONED));
            if (before.isEmpty()) {
                return new Answer(perform(id, work), false);
            }
            Optional<String> answer = answer(before.get(), fingerprint);
            if (answer.isPresent()) {
                return new Answer(answer.get(), true);
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(
                        Code.CONFLICT, "The first request with this key is still being worked on. Ask again.");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private String perform(String id, Supplier<String> work) {
        String answer;
        try {
            answer = work.get();
        } catch (RuntimeException | Error e) {
            store.release(id);
            throw e;
        }
        store.keep(id, answer);
        return answer;
    }

    private static Optional<String> answer(Kept before, String fingerprint) {
        if (!before.fingerprint().equals(fingerprint)) {
            throw new Refusal(
                    Code.KEY_REUSED,
                    "This idempotency key was used for another request. Use a new one for each request.");
        }
        return before.answer();
    }

    /** Forgets old answers, at most once in {@link #BETWEEN_CLEANINGS}. */
    private void clean(Instant now) {
        Instant last = cleaned.get();
        if (last.isBefore(now.minus(BETWEEN_CLEANINGS)) && cleaned.compareAndSet(last, now)) {
            store.forget(now.minus(REMEMBERED));
        }
    }

    private static String sha256(String one, String other) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(one.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(other.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
