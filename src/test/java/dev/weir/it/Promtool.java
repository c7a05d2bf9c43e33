package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus's own checker, from the path or from where {@code ./weir test} puts it. */
final class Promtool {

    private static final Path FETCHED = Path.of("target/promtool/usr/bin/promtool");

    private Promtool() {}

    /** Runs it and requires that it is content; skips the test where there is none. */
    static void accepts(String input, String... arguments) throws IOException, InterruptedException {
        Optional<Path> program = program();
        Assumptions.assumeTrue(
                program.isPresent(), "There is no promtool, so this is not checked. Debian: apt install prometheus");
        List<String> command = new ArrayList<>(List.of(program.get().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Optional<Path> program() {
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":")).map(it -> Path.of(it, "promtool"));
        return Stream.concat(onPath, Stream.of(FETCHED.toAbsolutePath()))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
