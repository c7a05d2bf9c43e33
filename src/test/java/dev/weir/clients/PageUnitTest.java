package dev.weir.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The unit tests of {@code weir.js} and of the page's modules, which are written in JavaScript. */
class PageUnitTest {

    @Test
    void unit_tests_in_javascript_pass() throws IOException {
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> files = Files.list(Path.of("src/test/js"))) {
            files.map(Path::toString)
                    .filter(it -> it.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(command::add);
        }
        Node.run(Path.of(""), command);
    }
}
