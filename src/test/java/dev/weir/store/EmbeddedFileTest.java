package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded database's own file has at the moment at which a commit returns, which is what a kill leaves. */
final class EmbeddedFileTest {

    private static final int COMMITS = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    /** Without retention, the file's freed space is used again at once, as it is later in a long life. */
    @Test
    void has_what_was_committed_also_where_space_is_used_again() throws Exception {
        Random random = new Random(7);
        try (Connection connection = open(folder)) {
            connection.createStatement().execute("CREATE TABLE item (id INT PRIMARY KEY, text TEXT, number INT)");
            for (int number = 1; number <= COMMITS; number++) {
                write(connection, random, number);
                if (number % 7 == 0) {
                    assertThat(latest(copy())).isEqualTo(number);
                }
            }
        }
    }

    private static void write(Connection connection, Random random, int number) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement("MERGE INTO item VALUES (?, ?, ?)")) {
            merge.setInt(1, random.nextInt(50));
            merge.setString(2, "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 60_000 : 600)));
            merge.setInt(3, number);
            merge.execute();
        }
    }

    private Path copy() throws IOException {
        Path copies = Files.createDirectories(folder.resolve("copy"));
        Files.copy(folder.resolve("weir.mv.db"), copies.resolve("weir.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        return copies;
    }

    private static int latest(Path folder) throws SQLException {
        try (Connection connection = open(folder);
                ResultSet result = connection.createStatement().executeQuery("SELECT MAX(number) FROM item")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static Connection open(Path folder) throws SQLException {
        return DriverManager.getConnection(DatabaseSettings.embeddedUrl(folder) + ";RETENTION_TIME=0");
    }
}
