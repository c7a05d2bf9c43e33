package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of {@code ./weir bench} are compiled only when they run: here they keep up with the code. */
class BenchProgramsTest {

    @ParameterizedTest
    @ValueSource(strings = {"bench/relay", "bench/pipeline", "bench/cluster", "bench/budget"})
    void compile(String folder, @TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = Optional.ofNullable(compiler.getTask(
                                    said, files, null, options, null, files.getJavaFileObjectsFromPaths(own(folder)))
                            .call())
                    .orElse(false);
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    /** Those that need nothing of JMH, which is fetched for the bench alone. */
    private static List<Path> own(String folder) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(folder))) {
            return all.filter(it -> it.toString().endsWith(".java"))
                    .filter(it -> !mentions(it, "org.openjdk.jmh"))
                    .toList();
        }
    }

    private static boolean mentions(Path file, String word) {
        try {
            return Files.readString(file).contains(word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
