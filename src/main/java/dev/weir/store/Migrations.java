package dev.weir.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema up to date with Flyway. The scripts are named here one by one: scanning a server's class path for
 * them is slow on some and finds nothing on others.
 */
final class Migrations {

    static final String FOLDER = "db/migration/";
    static final List<String> SCRIPTS = List.of(
            "V1__rooms_and_accounts.sql",
            "V2__api_keys.sql",
            "V3__accounts_and_repeats.sql",
            "V4__interceptor_policies.sql",
            "V5__audit.sql",
            "V6__translation.sql",
            "V7__pseudonym_key.sql",
            "V8__room_origin.sql",
            "V9__installation.sql",
            "V10__erasure.sql",
            "V11__retention.sql",
            "V14__nodes.sql",
            "V20__budgets.sql");

    private Migrations() {}

    static void run(DataSource source) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + FOLDER)
                .resourceProvider(new Scripts())
                .javaMigrationClassProvider(List::of)
                .load()
                .migrate();
    }

    /** Gives Flyway the scripts it may know of. */
    private static final class Scripts implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return SCRIPTS.stream()
                    .filter(script -> name.equals(script) || name.equals(FOLDER + script))
                    .findFirst()
                    .map(Script::new)
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return SCRIPTS.stream()
                    .filter(script ->
                            script.startsWith(prefix) && Stream.of(suffixes).anyMatch(script::endsWith))
                    .<LoadableResource>map(Script::new)
                    .toList();
        }
    }

    /** A script of {@link #FOLDER} on our own class path. */
    private static final class Script extends LoadableResource {

        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream stream = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name);
            Objects.requireNonNull(stream, () -> "The application lacks " + FOLDER + name + ". Build it anew.");
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        /** Flyway takes a script without it for one that isn't there, and says so. */
        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return FOLDER + name;
        }
    }
}
