package dev.weir.boot;

import dev.weir.audit.AuditDirectory;
import dev.weir.audit.AuditDirectory.Anchor;
import dev.weir.audit.AuditKey;
import dev.weir.audit.ChainCheck;
import dev.weir.audit.ChainCheck.Report;
import dev.weir.store.Database;
import dev.weir.store.DatabaseSettings;
import dev.weir.store.DatabaseUnavailable;
import dev.weir.store.JdbiAuditStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code ./weir audit verify}: checks the audit of an installation outside of any server. Ends with 0 when all is well, 1
 * when something is wrong with the audit, and 2 when it could not be checked.
 */
public final class AuditCommand {

    private static final int BAD = 1;
    private static final int NOT_CHECKED = 2;

    private final Map<String, String> file;
    private final PrintStream out;

    private AuditCommand(Map<String, String> file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Checks, and ends the process.
     *
     * @param arguments {@code --key FILE} and {@code --noted "CHAIN NUMBER HASH"}, each any number of times
     */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            Map<String, String> file = Optional.ofNullable(System.getProperty("weir.config"))
                    .map(it -> SettingsFile.read(Path.of(it)))
                    .orElse(Map.of());
            return new AuditCommand(file, out).verify(arguments);
        } catch (DatabaseUnavailable | IllegalArgumentException | IllegalStateException e) {
            err.println("weir: " + e.getMessage());
            return NOT_CHECKED;
        } catch (RuntimeException e) {
            err.println("weir: the audit could not be read: " + e.getMessage());
            return NOT_CHECKED;
        }
    }

    private int verify(String[] arguments) {
        AuditDirectory directory = new AuditDirectory(
                Path.of(setting("weir.data.dir").orElse("data")).toAbsolutePath());
        List<AuditKey> keys = new ArrayList<>();
        setting("weir.audit.key").map(AuditKey::of).ifPresent(keys::add);
        directory.key().ifPresent(keys::add);
        List<Anchor> anchors = new ArrayList<>();
        directory.anchor().ifPresent(anchors::add);
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--key" -> keys.add(key(value(arguments, ++i)));
                case "--noted" -> anchors.add(noted(value(arguments, ++i)));
                default -> throw new IllegalArgumentException("audit verify does not know " + arguments[i] + ".");
            }
        }
        return verify(keys, anchors);
    }

    private static String value(String[] arguments, int i) {
        if (i == arguments.length) {
            throw new IllegalArgumentException(arguments[i - 1] + " needs a value.");
        }
        return arguments[i];
    }

    private static AuditKey key(String name) {
        try {
            return AuditKey.of(Files.readString(Path.of(name)).strip());
        } catch (IOException e) {
            throw new IllegalStateException("The key file " + name + " can't be read.", e);
        }
    }

    private static Anchor noted(String text) {
        String[] parts = text.strip().split("\\s+", -1);
        if (parts.length != 3 || !parts[1].matches("\\d{1,18}")) {
            throw new IllegalArgumentException("--noted takes a chain, a number and a hash, in quotation marks.");
        }
        return new Anchor(parts[0], Long.parseLong(parts[1]), parts[2]);
    }

    private int verify(List<AuditKey> keys, List<Anchor> anchors) {
        try (Database database = new Database(DatabaseSettings.read(this::setting))) {
            database.startAsItIs();
            List<Report> reports = ChainCheck.all(new JdbiAuditStore(database), keys, anchors);
            reports.forEach(this::print);
            boolean good = reports.stream().allMatch(Report::good);
            out.println(
                    reports.isEmpty()
                            ? "There are no records."
                            : good ? "The audit is whole." : "The audit is NOT as it was written.");
            return good ? 0 : BAD;
        }
    }

    private void print(Report report) {
        out.printf(
                Locale.ROOT,
                "Chain %s: %d records, from %d to %d, %d with an erased text: %s%n",
                report.chain(),
                report.records(),
                report.first(),
                report.last(),
                report.erased(),
                report.good() ? "good" : "BAD");
        report.problems().forEach(it -> out.println("  " + it));
    }

    /** As the server finds it: system property, environment variable, file. */
    private Optional<String> setting(String key) {
        String variable = key.replaceAll("[^A-Za-z0-9]", "_");
        return Optional.ofNullable(System.getProperty(key))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .or(() -> Optional.ofNullable(System.getenv(variable.toUpperCase(Locale.ROOT))))
                .or(() -> Optional.ofNullable(file.get(key)))
                .filter(it -> !it.isBlank());
    }
}
