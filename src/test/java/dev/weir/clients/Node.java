package dev.weir.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Node with the packages of {@code src/test/node}, installed into a folder under {@code target}. */
public final class Node {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Node() {}

    /** The folder with the tests and the packages; installs them the first time. */
    public static synchronized Path home() {
        Path home = Path.of(System.getProperty("weir.test.node", "target/node")).toAbsolutePath();
        try {
            Path lock = home.resolve("package-lock.json");
            Path installed = home.resolve("installed-lock.json");
            copySources(home);
            if (!Files.exists(installed) || Files.mismatch(lock, installed) != -1) {
                run(home, List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
                Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copySources(Path home) throws IOException {
        Files.createDirectories(home);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Runs a test file against the server; fails with what Node said. */
    static void test(String file, WeirServer server) {
        ProcessBuilder node = new ProcessBuilder("node", "--test", file).directory(home().toFile());
        node.environment().put("WEIR_ADDRESS", server.uri("").toString());
        node.environment().put("WEIR_LOGIN", "admin");
        node.environment().put("WEIR_PASSWORD", WeirServer.PASSWORD);
        node.environment().put("WEIR_KEY", WeirServer.ADMIN_KEY);
        node.environment().put("WEIR_UPSTREAM", server.upstream().baseUrl());
        run(node);
    }

    static void run(Path directory, List<String> command) {
        run(new ProcessBuilder(command).directory(directory.toAbsolutePath().toFile()));
    }

    private static void run(ProcessBuilder builder) {
        try {
            Path said = Files.createTempFile("weir-node", ".txt");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String text = Files.readString(said, StandardCharsets.UTF_8);
            Files.delete(said);
            assertThat(ended)
                    .as("%s ended in time%n%s", builder.command(), text)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s%n%s", builder.command(), text)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
