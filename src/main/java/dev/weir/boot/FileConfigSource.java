package dev.weir.boot;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The installation's own settings: a properties file in UTF-8, named by the system property {@code weir.config} or else
 * by the environment variable {@code WEIR_CONFIG}; without either, empty. Environment variables and system properties
 * override it. Read once. Immutable.
 */
public final class FileConfigSource implements ConfigSource {

    /** Below environment variables (300) and system properties (400), above what the WAR brings (100). */
    static final int ORDINAL = 250;

    private final String name;
    private final Map<String, String> settings;

    /**
     * @throws IllegalStateException when a file is named but missing, unreadable or malformed: starting with other
     *     settings than those somebody wrote down would be worse than not starting
     */
    public FileConfigSource() {
        this(FileConfigSource::systemProperty, System::getenv);
    }

    FileConfigSource(Lookup properties, Lookup environment) {
        String file = properties.of("weir.config");
        if (file == null || file.isBlank()) {
            file = environment.of("WEIR_CONFIG");
        }
        boolean given = file != null && !file.isBlank();
        this.settings = given ? SettingsFile.read(Path.of(file)) : Map.of();
        this.name = given ? "weir.config (" + file + ")" : "weir.config (none)";
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Map<String, String> getProperties() {
        return settings;
    }

    @Override
    public Set<String> getPropertyNames() {
        return settings.keySet();
    }

    @Override
    public @Nullable String getValue(String key) {
        return settings.get(key);
    }

    private static @Nullable String systemProperty(String key) {
        return System.getProperty(key);
    }

    /** Where settings about the settings come from. */
    @FunctionalInterface
    interface Lookup {
        @Nullable
        String of(String key);
    }
}
