package dev.weir.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.Accounts;
import dev.weir.store.DatabaseSettings;
import dev.weir.upstream.FakeUpstream;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Several nodes of the product, each a process of its own as {@code ./weir run} starts it, with one PostgreSQL and one
 * provider. Each node can be killed, paused, resumed, stopped and launched again by itself. All nodes have the models and
 * users of {@link WeirServer}; a sign-in at one of them is good at all. They share a machine, which may be slow, so a node
 * counts as gone after eight seconds of silence where a test doesn't say otherwise. Not thread-safe.
 */
public final class WeirCluster implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final FakeUpstream upstream;
    private final List<WeirServer> nodes = new ArrayList<>();

    private WeirCluster(EmbeddedPostgres postgres, FakeUpstream upstream) {
        this.postgres = postgres;
        this.upstream = upstream;
    }

    /**
     * Starts so many nodes.
     *
     * @param settings added to the usual configuration, or in the place of it
     */
    public static WeirCluster start(int size, Map<String, String> settings) {
        return start(size, settings, node -> Map.of());
    }

    /**
     * Starts so many nodes that differ.
     *
     * @param own settings of a node, from 1
     */
    static WeirCluster start(int size, Map<String, String> settings, IntFunction<Map<String, String>> own) {
        WeirCluster cluster = new WeirCluster(postgres(), FakeUpstream.start());
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        DatabaseSettings database =
                DatabaseSettings.of(cluster.postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        Accounts.make(database, WeirServer.PASSWORD, WeirServer.ADMIN_KEY, "anna", "ben");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("weir.database.url", database.url());
        all.put("weir.database.user", database.user());
        all.put("weir.database.password", database.password());
        all.put("weir.cluster.silence", "PT8S");
        all.putAll(settings);
        List<Integer> ports = freePorts(size);
        all.put(
                "weir.cluster.members",
                ports.stream().map(it -> "127.0.0.1:" + it).collect(Collectors.joining(",")));
        for (int i = 1; i <= size; i++) {
            Map<String, String> ofNode = new LinkedHashMap<>(all);
            ofNode.put("weir.cluster.port", ports.get(i - 1).toString());
            ofNode.putAll(own.apply(i));
            cluster.nodes.add(WeirServer.node(cluster.upstream, ofNode));
        }
        cluster.launch();
        return cluster;
    }

    /** Not the usual ones: other clusters may run on this machine. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.builder()
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a node is told of that of another client, or of itself; empty while it does not see it. */
    static Optional<JsonNode> told(WeirClient client, WeirClient node) {
        return WeirClient.parse(client.get("/api/cluster").body())
                .path("nodes")
                .valueStream()
                .filter(it -> it.path("address").asText().equals(node.origin()))
                .findFirst();
    }

    /**
     * Takes a node out of service, or back.
     *
     * @param verb POST or DELETE
     */
    static HttpResponse<String> drain(WeirClient client, WeirClient node, String verb) {
        String id = told(client, node).orElseThrow().path("id").asText();
        return client.call(verb, "/api/cluster/nodes/" + id + "/drain", null);
    }

    /** Everything that is in the database's tables, as text. */
    public String database() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
                while (names.next()) {
                    tables.add(names.getString("TABLE_NAME"));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT CAST(t AS TEXT) FROM \"" + table + "\" t")) {
                    while (rows.next()) {
                        all.append(table).append(' ').append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }

    /** All at once. */
    void kill() {
        CompletableFuture.allOf(nodes.stream()
                        .map(it -> CompletableFuture.runAsync(it::kill, task -> new Thread(task).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Two at a time: on a small machine more would all be too slow. */
    void launch() {
        for (int i = 0; i < nodes.size(); i += 2) {
            launch(nodes.subList(i, Math.min(i + 2, nodes.size())));
        }
    }

    private static void launch(List<WeirServer> some) {
        CompletableFuture.allOf(some.stream()
                        .map(it -> CompletableFuture.runAsync(it::launch, task -> new Thread(task).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /**
     * One of the nodes.
     *
     * @param number from 1
     */
    public WeirServer node(int number) {
        return nodes.get(number - 1);
    }

    /** The provider behind the models {@code upstream} and {@code impatient} of all nodes. */
    public FakeUpstream upstream() {
        return upstream;
    }

    /** A connection to the database of all nodes. */
    Connection connection() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** Somebody's client of each node, with one sign-in. */
    public List<WeirClient> clients(String login) {
        WeirClient first = nodes.getFirst().client(login);
        return nodes.stream()
                .map(it -> WeirClient.withCookie(it, first.cookie()))
                .toList();
    }

    /** Waits until the client's node sees so many. */
    static void awaitNodes(WeirClient client, int nodes) {
        await().atMost(Duration.ofSeconds(45)).until(() -> nodes(client) == nodes);
    }

    /** How many nodes there are, as the client's node says, whose user is an administrator; 0 while it does not say. */
    static int nodes(WeirClient client) {
        HttpResponse<String> cluster = client.get("/api/cluster");
        return cluster.statusCode() == 200
                ? WeirClient.parse(cluster.body()).path("nodes").size()
                : 0;
    }

    /** Stops all for good. */
    @Override
    public void close() {
        List<Thread> closing =
                nodes.stream().map(it -> Thread.ofPlatform().start(it::close)).toList();
        try {
            for (Thread one : closing) {
                one.join();
            }
            upstream.close();
            postgres.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
