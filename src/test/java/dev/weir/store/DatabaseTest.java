package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static dev.weir.store.Samples.at;
import static dev.weir.store.Samples.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {

    @TempDir
    Path folder;

    @Test
    void keeps_everything_over_a_restart() {
        String room;
        try (Database database = started(DatabaseSettings.embedded(folder))) {
            room = Samples.newRoom(database);
            new JdbiColdLog(database).saveMessage(room, at(0), NOON, said("m1", "Hello 😀"));
            assertThat(new JdbiColdLog(database).nextEpoch(room)).isEqualTo(1);
        }
        try (Database database = started(DatabaseSettings.embedded(folder))) {
            JdbiColdLog log = new JdbiColdLog(database);
            assertThat(log.message(room, "m1").orElseThrow().message().text()).isEqualTo("Hello 😀");
            assertThat(log.nextEpoch(room)).isEqualTo(2);
        }
    }

    @Test
    void has_committed_work_in_the_file_when_the_process_is_killed() throws Exception {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Database database = started(DatabaseSettings.embedded(folder))) {
            String room = Samples.newRoom(database);
            new JdbiColdLog(database).saveMessage(room, at(0), NOON, said("m1", "x".repeat(20_000)));
            // What a killed process leaves is the file as it is now.
            Files.copy(folder.resolve("weir.mv.db"), copy.resolve("weir.mv.db"));
            try (Database after = started(DatabaseSettings.embedded(copy))) {
                assertThat(new JdbiColdLog(after).message(room, "m1")).isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_no_value_in_its_failures(Engine engine) {
        Database database = engine.shared();
        String row = "INSERT INTO room (id, name) VALUES (?, ?)";

        assertThatThrownBy(() -> database.update(row, "Kieselalge1", "Kieselalge2"))
                .satisfies(it -> assertThat(Throwables.getStackTrace(it)).doesNotContain("Kieselalge"));
        assertThatThrownBy(() -> database.update("UPDATE room SET nothing = ?", "Kieselalge3"))
                .satisfies(it -> assertThat(Throwables.getStackTrace(it)).doesNotContain("Kieselalge"));
    }

    @Test
    void starts_once_and_again_after_closing() {
        Database database = new Database(DatabaseSettings.embedded(folder));
        assertThat(database.started()).isFalse();
        assertThatThrownBy(database::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("starting or stopping");

        database.start();
        database.start();
        database.check();
        assertThat(database.started()).isTrue();

        database.close();
        database.close();
        assertThat(database.started()).isFalse();
        database.start();
        database.check();
        database.close();
    }

    @Test
    void starts_on_a_thread_whose_class_loader_sees_nothing() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader blind = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(blind);
            started(DatabaseSettings.embedded(folder)).close();
            assertThat(thread.getContextClassLoader()).isSameAs(blind);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void says_that_the_file_is_in_use() throws Exception {
        started(DatabaseSettings.embedded(folder)).close();
        try (FileChannel other = FileChannel.open(folder.resolve("weir.mv.db"), StandardOpenOption.WRITE)) {
            assertThat(other.lock().isValid()).isTrue();
            assertThatThrownBy(() -> started(DatabaseSettings.embedded(folder)))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining("weir.data.dir");
        }
    }

    @Test
    void says_that_the_server_cannot_be_reached_and_keeps_the_password() {
        DatabaseSettings settings = DatabaseSettings.of(
                "jdbc:postgresql://127.0.0.1:1/weir?user=weir&password=geheim&connectTimeout=2", "weir", "geheim");

        assertThatThrownBy(() -> started(settings))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/weir")
                .hasMessageContaining("can't be reached")
                .hasMessageNotContaining("geheim");
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void says_that_the_password_is_wrong() {
        started(DatabaseSettings.embedded(folder)).close();
        String url = DatabaseSettings.embedded(folder).url();

        assertThatThrownBy(() -> started(DatabaseSettings.of(url, "weir", "wrong")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("weir.database.password")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void says_that_the_server_has_no_such_data_source() {
        DatabaseSettings settings = DatabaseSettings.read(key -> Optional.ofNullable(
                Map.of("weir.database.jndi", "java:global/jdbc/weir").get(key)));

        assertThatThrownBy(() -> started(settings))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("java:global/jdbc/weir")
                .hasMessageContaining("weir.database.jndi");
    }

    @Test
    void uses_a_file_in_the_data_folder_unless_told_otherwise() {
        DatabaseSettings settings = read(Map.of("weir.data.dir", folder.toString()));

        assertThat(settings.url()).startsWith("jdbc:h2:file:" + folder.toAbsolutePath() + "/weir;");
        assertThat(settings.driver()).hasValue("org.h2.Driver");
        assertThat(settings.poolSize()).isEqualTo(10);
        assertThat(settings.jndi()).isEmpty();
    }

    @Test
    void reads_every_setting() {
        DatabaseSettings settings = read(Map.of(
                "weir.database.url", "jdbc:postgresql://db.example/weir",
                "weir.database.user", "u",
                "weir.database.password", "p",
                "weir.database.pool-size", "3"));

        assertThat(settings)
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://db.example/weir", "u", "p", 3, Optional.empty()));
        assertThat(settings.driver()).hasValue("org.postgresql.Driver");
    }

    @Test
    void refuses_a_pool_size_that_makes_no_sense() {
        assertThatThrownBy(() -> read(Map.of("weir.database.pool-size", "many")))
                .hasMessageContaining("weir.database.pool-size");
        assertThatThrownBy(() -> read(Map.of("weir.database.pool-size", "0")))
                .hasMessageContaining("weir.database.pool-size");
    }

    @Test
    void names_every_script_of_the_folder() throws Exception {
        for (String script : Migrations.SCRIPTS) {
            try (InputStream stream = Database.class.getClassLoader().getResourceAsStream(Migrations.FOLDER + script)) {
                assertThat(stream).as(script).isNotNull();
            }
        }
        URI place = Database.class
                .getClassLoader()
                .getResource(Migrations.FOLDER + Migrations.SCRIPTS.getFirst())
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(place).getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migrations.SCRIPTS);
        }
    }

    private static DatabaseSettings read(Map<String, String> values) {
        return DatabaseSettings.read(key -> Optional.ofNullable(values.get(key)));
    }

    private static Database started(DatabaseSettings settings) {
        Database database = new Database(settings);
        database.start();
        return database;
    }
}
