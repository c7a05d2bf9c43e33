package dev.weir.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A provider of OpenAI's chat completions on 127.0.0.1 that does what a test tells it: over raw sockets, so that it can
 * break off, hang and dribble where a proper server can't. What it does with a request is, in this order: the next script
 * queued by {@link #answer}, the keywords in the last user message (see {@link Keywords}), the script set by
 * {@link #always}, or a short good answer. Safe to use from many threads.
 *
 * <p>Besides {@code /v1/chat/completions} and {@code /v1/models} it answers {@code GET /control/state} (what it counts, as
 * JSON), {@code POST /control/release/NAME} and {@code POST /control/forget}, for tests in another process.
 */
public final class FakeUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final List<Instant> clientClosings = new CopyOnWriteArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final AtomicLong bytesWritten = new AtomicLong();
    private volatile Function<String, Optional<Script>> first = body -> Optional.empty();
    private volatile Script fallback = Script.answer("A short", " answer.");

    private FakeUpstream(int port) {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fake-upstream").start(this::accept);
    }

    /** On a free port. */
    public static FakeUpstream start() {
        return new FakeUpstream(0);
    }

    public static FakeUpstream start(int port) {
        return new FakeUpstream(port);
    }

    /** Runs until it is killed; the only argument is the port. */
    public static void main(String[] arguments) throws InterruptedException {
        FakeUpstream upstream = start(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
        System.out.println(upstream.baseUrl());
        new CountDownLatch(1).await();
    }

    public int port() {
        return server.getLocalPort();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** What to do with the next request that no earlier script is meant for. */
    public FakeUpstream answer(Script script) {
        scripts.add(script);
        return this;
    }

    /** What to do with requests that this function knows by their body, whatever else is said. */
    public FakeUpstream firstOf(Function<String, Optional<Script>> function) {
        first = function;
        return this;
    }

    /** What to do with requests that nothing else is said about. */
    public FakeUpstream always(Script script) {
        fallback = script;
        return this;
    }

    /** Lets go whatever holds, or will hold, at this name. */
    public void release(String name) {
        gate(name).countDown();
    }

    /** The requests for an answer, oldest first. */
    public List<Received> requests() {
        return List.copyOf(requests);
    }

    public int openConnections() {
        return connections.size();
    }

    /** How many answers are being sent. */
    public int answering() {
        return (int) connections.stream().filter(Connection::answering).count();
    }

    /** When the client closed a connection on which an answer was being sent, one entry a connection. */
    public List<Instant> clientClosings() {
        return List.copyOf(clientClosings);
    }

    /** Bytes of responses that the client's side has taken. */
    public long bytesWritten() {
        return bytesWritten.get();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(Connection::close);
    }

    /** A request as it came; header names in lower case. */
    public record Received(String path, Map<String, String> headers, String body, Instant at, long connection) {}

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Connection connection = new Connection(this, socket);
                connections.add(connection);
                connection.start();
            } catch (IOException e) {
                // Closed, or one connection that failed before it began.
            }
        }
    }

    Script scriptFor(Wire.Request request, long connection) {
        requests.add(new Received(request.path(), request.headers(), request.body(), Instant.now(), connection));
        Optional<Script> known = first.apply(request.body());
        if (known.isPresent()) {
            return known.get();
        }
        Script queued = scripts.poll();
        return queued != null ? queued : Keywords.script(request.body()).orElse(fallback);
    }

    CountDownLatch gate(String name) {
        return gates.computeIfAbsent(name, key -> new CountDownLatch(1));
    }

    void wrote(int bytes) {
        bytesWritten.addAndGet(bytes);
    }

    void gone(Connection connection, boolean midAnswer) {
        if (midAnswer) {
            clientClosings.add(Instant.now());
        }
        connections.remove(connection);
    }

    String state() {
        return Wire.json(Map.of(
                "requests", requests.size(),
                "answering", answering(),
                "closedByClient", clientClosings.size(),
                "bytesWritten", bytesWritten.get()));
    }

    void forget() {
        requests.clear();
        clientClosings.clear();
        gates.clear();
    }
}
