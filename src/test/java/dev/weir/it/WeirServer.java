package dev.weir.it;

import dev.weir.store.Accounts;
import dev.weir.upstream.FakeUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The product as somebody runs it: {@code ./weir run} with the built WAR, on 127.0.0.1, with a data directory of its own.
 * Knows the models {@code quick}, {@code careful}, {@code coder} (demo, fast), {@code upstream} and {@code impatient}
 * (which gives up after 2 s of silence), both answered by {@link #upstream}. There are the users {@code admin},
 * {@code anna} and {@code ben}, all with {@link #PASSWORD}. Not thread-safe, except {@link #shared}.
 */
public final class WeirServer implements AutoCloseable {

    public static final String PASSWORD = "Flussbett-47-Kiesel";

    /** The administrator's API key. */
    public static final String ADMIN_KEY = "Kb8vW2xQz5Rt9LmN4cYh7JpD3fSg6TeA";

    /** What the upstream models send as their key; must never show anywhere. */
    public static final String API_KEY = "sk-kept-0f3a91c7d2";

    /** Several share a machine: little memory, few threads, and started soon. */
    private static final String NODE_JVM = "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static @Nullable WeirServer shared;

    private final FakeUpstream upstream;
    private final boolean ownUpstream;
    private final Path directory;
    private final Path war;
    private final int port;
    private @Nullable Process process;

    private WeirServer(FakeUpstream upstream, boolean ownUpstream, Path directory, Path war) {
        this.upstream = upstream;
        this.ownUpstream = ownUpstream;
        this.directory = directory;
        this.war = war;
        this.port = freePort();
    }

    /**
     * The one that all test classes of a run use together; stopped when the JVM ends. Don't restart or stop it. The guards
     * that hold the open word are off: its tests read each piece of a text as soon as it is sent. {@code RedactionIT},
     * {@code SafetyIT} and others have servers of their own, on which they run.
     */
    public static synchronized WeirServer shared() {
        if (shared == null) {
            shared = start(Map.of("weir.interceptors.redact.mode", "off", "weir.interceptors.safety.mode", "off"));
        }
        return shared;
    }

    /**
     * A server of its own for tests that stop it.
     *
     * @param settings added to the usual configuration, or in the place of it
     */
    public static WeirServer start(Map<String, String> settings) {
        return start(settings, builtWar());
    }

    public static WeirServer start(Map<String, String> settings, Path war) {
        WeirServer server = prepare(FakeUpstream.start(), true, war);
        server.configure(settings);
        Accounts.make(server.data(), PASSWORD, ADMIN_KEY, "anna", "ben");
        server.launch();
        return server;
    }

    /**
     * A node of a cluster, which is not launched yet.
     *
     * @param upstream the one that all nodes use; is left open
     * @param settings those of the cluster, with its database
     */
    static WeirServer node(FakeUpstream upstream, Map<String, String> settings) {
        WeirServer server = prepare(upstream, false, builtWar());
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("weir.node.address", "http://127.0.0.1:" + server.port);
        server.configure(all);
        return server;
    }

    private static WeirServer prepare(FakeUpstream upstream, boolean ownUpstream, Path war) {
        try {
            Path root = Files.createDirectories(Path.of(System.getProperty("weir.test.dir", "target/it")));
            WeirServer server = new WeirServer(upstream, ownUpstream, Files.createTempDirectory(root, "weir"), war);
            Files.createDirectories(server.data());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The WAR that the build made. */
    public static Path builtWar() {
        return Path.of(System.getProperty("weir.test.war", "target/weir.war")).toAbsolutePath();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public int port() {
        return port;
    }

    /** The provider behind the models {@code upstream} and {@code impatient}. */
    public FakeUpstream upstream() {
        return upstream;
    }

    public Path data() {
        return directory.resolve("data");
    }

    /** A client that is signed in. */
    public WeirClient client(String login) {
        return WeirClient.signIn(this, login, PASSWORD);
    }

    /** Stops as Ctrl-C does. */
    public void stop() {
        end(true);
    }

    /** Kills the server's JVM with SIGKILL, so that it can't tidy up. */
    public void kill() {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        end(false);
    }

    /** Freezes the server's JVM with SIGSTOP: it does nothing and answers nothing, until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " failed with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts again, after {@link #stop} or {@link #kill}, at the same address with the same data. */
    public void launch() {
        List<String> command = List.of(
                Path.of("weir").toAbsolutePath().toString(),
                "run",
                "--war",
                war.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--data",
                data().toString(),
                "--config",
                directory.resolve("weir.properties").toString());
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            // Without an archive of classes: writing it takes longer than it saves here.
            builder.environment().put("WEIR_JAVA_OPTS", ownUpstream ? "-Xshare:auto" : "-Xshare:auto " + NODE_JVM);
            process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("console.txt").toFile()))
                    .start();
            awaitReady(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void restart() {
        stop();
        launch();
    }

    /** Memory that the server's JVM holds now, in bytes, as the operating system counts it. */
    public long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's JVM. */
    public long pid() {
        return Long.parseLong(read(data().resolve("weir.pid")).strip());
    }

    /** What the server's JVM has in its memory, byte by byte; hundreds of megabytes. */
    public String memory() throws IOException, InterruptedException {
        return memory("-all");
    }

    /** What the server's JVM has in its memory and can still reach, byte by byte. */
    public String liveMemory() throws IOException, InterruptedException {
        return memory("-overwrite");
    }

    private String memory(String option) throws IOException, InterruptedException {
        Path dump = directory.resolve("memory.hprof");
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "GC.heap_dump", option, dump.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        try {
            return Files.readString(dump, StandardCharsets.ISO_8859_1);
        } finally {
            Files.delete(dump);
        }
    }

    /** Everything that the server and the script have written. */
    public String log() {
        List<String> parts = new ArrayList<>();
        for (Path file : List.of(
                directory.resolve("console.txt"), data().resolve("log/start.log"), data().resolve("log/weir.0.log"))) {
            if (Files.exists(file)) {
                parts.add(read(file));
            }
        }
        return String.join("\n", parts);
    }

    /** Stops for good. */
    @Override
    public void close() {
        end(true);
        if (ownUpstream) {
            upstream.close();
        }
    }

    private void configure(Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("weir.admin.password", PASSWORD);
        if (!"edge".equals(more.get("weir.node.roles"))) {
            configureModels(settings);
        }
        // Tests break connections off without a word, and faster than a server notices.
        settings.put("weir.stream.connections-per-user", "1000");
        settings.put("weir.turn.max-retry-wait", "PT5S");
        settings.put("weir.interceptors.length.max-characters", "50000000");
        settings.putAll(more);
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var out = Files.newBufferedWriter(directory.resolve("weir.properties"), StandardCharsets.UTF_8)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configureModels(Map<String, String> settings) {
        settings.put("weir.models", "quick,careful,coder,upstream,impatient");
        for (String demo : List.of("quick", "careful", "coder")) {
            settings.put("weir.models." + demo + ".provider", "demo");
            settings.put("weir.models." + demo + ".pace", "5");
        }
        for (String remote : List.of("upstream", "impatient")) {
            settings.put("weir.models." + remote + ".provider", "openai");
            settings.put("weir.models." + remote + ".base-url", upstream.baseUrl());
            settings.put("weir.models." + remote + ".api-key", API_KEY);
            settings.put("weir.models." + remote + ".model", "fake");
            settings.put("weir.models." + remote + ".price.input", "1");
            settings.put("weir.models." + remote + ".price.output", "2");
        }
        settings.put("weir.models.impatient.idle-timeout", "PT2S");
    }

    private void awaitReady(Process started) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!read(directory.resolve("console.txt")).contains("Weir is ready")) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("The server did not start.\n" + log());
            }
            waitALittle();
        }
    }

    private void end(boolean ask) {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        try {
            if (ask) {
                running.destroy();
            }
            if (!running.waitFor(40, TimeUnit.SECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly().waitFor();
            }
            Files.move(directory.resolve("console.txt"), directory.resolve("console-" + System.nanoTime() + ".txt"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void waitALittle() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
