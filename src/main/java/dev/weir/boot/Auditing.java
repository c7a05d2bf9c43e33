package dev.weir.boot;

import dev.weir.audit.AuditDirectory;
import dev.weir.audit.AuditKey;
import dev.weir.audit.AuditSettings;
import dev.weir.audit.AuditStore;
import dev.weir.audit.Trail;
import dev.weir.audit.WhenUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Makes the parts of {@code audit} from the configuration. */
@ApplicationScoped
public class Auditing {

    @Produces
    @Singleton
    AuditDirectory directory(Config config) {
        return new AuditDirectory(
                Path.of(config.getOptionalValue("weir.data.dir", String.class).orElse("data"))
                        .toAbsolutePath());
    }

    @Produces
    @Singleton
    AuditKey key(AuditDirectory directory, Config config) {
        Optional<String> configured = config.getOptionalValue("weir.audit.key", String.class);
        return configured.map(AuditKey::of).orElseGet(directory::ownKey);
    }

    @Produces
    @ApplicationScoped
    Trail trail(AuditStore store, AuditDirectory directory, AuditKey key, Config config) {
        return new Trail(store, directory, key, settings(config), InstantSource.system(), System::nanoTime);
    }

    private static AuditSettings settings(Config config) {
        AuditSettings byDefault = AuditSettings.DEFAULT;
        return new AuditSettings(
                config.getOptionalValue("weir.audit.when-unavailable", String.class)
                        .map(WhenUnavailable::of)
                        .orElse(byDefault.whenUnavailable()),
                duration(config, "patience", byDefault.patience()),
                config.getOptionalValue("weir.audit.most-waiting", Long.class).orElse(byDefault.mostWaiting()),
                duration(config, "write-every", byDefault.writeEvery()),
                duration(config, "keep", byDefault.keep()));
    }

    private static Duration duration(Config config, String key, Duration otherwise) {
        return config.getOptionalValue("weir.audit." + key, Duration.class).orElse(otherwise);
    }
}
