package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAR on a Payara Micro that somebody else starts, with a data source of that server's over PostgreSQL. */
final class JndiIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void uses_the_servers_own_data_source_by_one_setting() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start()) {
            int port = freePort();
            Process server = launch(postgres.getPort(), port);
            try {
                await().atMost(Duration.ofMinutes(4))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> !server.isAlive() || status(port) == 200);

                assertThat(server.isAlive()).as(Files.readString(log())).isTrue();
                assertThat(Files.readString(log())).contains("The database is ready: data source jdbc/weir");
                assertThat(made(port)).startsWith("{\"id\":");
                assertThat(rooms(postgres)).isEqualTo(1);
                assertThat(directory.resolve("weir.mv.db")).doesNotExist();
            } finally {
                server.destroy();
                server.waitFor();
            }
        }
    }

    private Path log() {
        return directory.resolve("out.txt");
    }

    private Process launch(int database, int port) throws IOException {
        Path after = directory.resolve("after-start");
        Files.writeString(
                after,
                "create-jdbc-connection-pool --datasourceclassname org.postgresql.ds.PGSimpleDataSource"
                        + " --restype javax.sql.DataSource --property user=postgres:password=postgres:serverName=127.0.0.1"
                        + ":portNumber=" + database + ":databaseName=postgres weir-pool\n"
                        + "create-jdbc-resource --connectionpoolid weir-pool jdbc/weir\n");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dweir.data.dir=" + directory,
                "-Dweir.database.jndi=jdbc/weir",
                "-jar",
                Path.of("target/server/payara-micro.jar").toAbsolutePath().toString(),
                "--rootDir",
                directory.resolve("server").toString(),
                "--deploy",
                WeirServer.builtWar().toString(),
                "--contextRoot",
                "/",
                "--port",
                Integer.toString(port),
                "--noCluster",
                "--noHostAware",
                "--disablePhoneHome",
                "--prebootCommandFile",
                Path.of("deploy/before-start").toAbsolutePath().toString(),
                "--postbootCommandFile",
                after.toString(),
                "--addJars",
                driver());
        builder.environment().put("WEIR_ADMIN_PASSWORD", WeirServer.PASSWORD);
        builder.environment().put("WEIR_ADMIN_API_KEY", WeirServer.ADMIN_KEY);
        return builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    /** The jar of PostgreSQL's driver, which such a server has of its own. */
    private static String driver() {
        return Path.of(URI.create(org.postgresql.Driver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static int status(int port) throws IOException, InterruptedException {
        try {
            return HTTP.send(request(port, "/health/ready").build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (ConnectException e) {
            return 0;
        }
    }

    private static String made(int port) throws IOException, InterruptedException {
        HttpResponse<String> made = HTTP.send(
                request(port, "/api/rooms")
                        .header("Authorization", "Bearer " + WeirServer.ADMIN_KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        return made.body();
    }

    private static int rooms(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM room")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
