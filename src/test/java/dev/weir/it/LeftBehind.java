package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that a server has shown, and what it leaves behind when it stops: database, audit, logs. */
final class LeftBehind {

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** What some client got. */
    synchronized void shown(String where, String text) {
        texts.merge(where, text, String::concat);
    }

    /**
     * Exports the audit, stops the server and reads its files.
     *
     * @param marker what must be in the database and in the audit, so that this has looked at the right place
     */
    void after(WeirServer server, String marker) {
        String audit = audit(WeirClient.withKey(server, WeirServer.ADMIN_KEY));
        assertThat(audit).contains(marker);
        shown("audit", audit);
        server.stop();
        Map<String, String> files = files(server.data());
        assertThat(files).anySatisfy((file, text) -> {
            assertThat(file).endsWith(".mv.db");
            assertThat(text).contains(marker);
        });
        files.forEach(this::shown);
        shown("log", server.log());
    }

    /** The same of a server whose database's file was written anew: it is compressed, so the rows are read as well. */
    void afterSweep(WeirServer server, String marker) throws SQLException {
        server.stop();
        files(server.data()).forEach(this::shown);
        shown("log", server.log());
        StringBuilder rows = new StringBuilder();
        String url = "jdbc:h2:file:" + server.data().toAbsolutePath().resolve("weir");
        try (Connection connection = DriverManager.getConnection(url, "weir", "");
                Statement statement = connection.createStatement();
                ResultSet script = statement.executeQuery("SCRIPT")) {
            while (script.next()) {
                rows.append(script.getString(1)).append('\n');
            }
        }
        assertThat(rows.toString()).contains(marker);
        shown("rows", rows.toString());
    }

    private static String audit(WeirClient admin) {
        HttpResponse<String> response =
                admin.send(admin.request("/api/audit").header("Accept", "application/x-ndjson"));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** Everything but the unpacked application, which has sample texts of its own. */
    private static Map<String, String> files(Path data) {
        Map<String, String> files = new LinkedHashMap<>();
        Path application = data.resolve("server/applications");
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(it -> !it.toString().endsWith(".jar") && !it.startsWith(application))
                    .toList()) {
                files.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    void assertNothingOf(List<String> secrets) {
        texts.forEach((where, text) -> secrets.forEach(
                it -> assertThat(text.contains(it)).as(it + " in " + where).isFalse()));
    }
}
