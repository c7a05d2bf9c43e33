package dev.weir.boot;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A file of settings: properties in UTF-8. Knows no server, for commands outside of one read it too. */
final class SettingsFile {

    private SettingsFile() {}

    /**
     * What the file says.
     *
     * @throws IllegalStateException when it is missing, unreadable or malformed
     */
    static Map<String, String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    "The configuration file " + file.toAbsolutePath()
                            + " does not exist. Correct weir.config (or WEIR_CONFIG), or leave it out to start with the defaults.");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The configuration file " + file.toAbsolutePath() + " can't be read as UTF-8 properties.", e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(
                        UnaryOperator.identity(),
                        key -> properties.getProperty(key).strip()));
    }
}
