package dev.weir.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.StorableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A trail whose records stay in memory, for tests of other packages. */
public final class TestTrail implements AutoCloseable {

    private final MemoryAuditStore store = new MemoryAuditStore();
    private final Path data;
    private final Trail trail;

    public TestTrail() {
        try {
            data = Files.createTempDirectory("trail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        trail = new Trail(
                store,
                new AuditDirectory(data),
                AuditKey.of("k".repeat(32)),
                new AuditSettings(
                        WhenUnavailable.FAIL,
                        Duration.ofMinutes(5),
                        1 << 30,
                        Duration.ofMillis(10),
                        Duration.ofDays(1)),
                InstantSource.system(),
                System::nanoTime);
        trail.start();
    }

    public Trail trail() {
        return trail;
    }

    /** Where its records are. */
    public AuditStore store() {
        return store;
    }

    /** What was let through so far, by the id of its branch. */
    public Map<String, String> textsByBranch() {
        assertThat(trail.flush(Duration.ofSeconds(20))).isTrue();
        Map<String, String> texts = new HashMap<>();
        store.all().stream()
                .map(AuditRecord::fact)
                .filter(it -> it.kind() == Kind.TEXT)
                .forEach(it -> texts.merge(it.place().branch(), it.text(), String::concat));
        return texts;
    }

    /** A text as records have it. */
    public static String asRecorded(String text) {
        return StorableText.of(text);
    }

    @Override
    public void close() {
        trail.stop(Duration.ofSeconds(5));
        try (var files = Files.walk(data)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(it -> it.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
