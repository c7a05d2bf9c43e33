package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar with one CDI bean, put into the WAR, works on every answer from then on. */
final class InterceptorJarIT {

    private static final String SOURCE = """
            package org.example.shout;

            import dev.weir.pipeline.BranchContext;
            import dev.weir.pipeline.Stage;
            import dev.weir.pipeline.StreamInterceptor;
            import jakarta.annotation.Priority;
            import jakarta.enterprise.context.ApplicationScoped;
            import java.util.Locale;

            @ApplicationScoped
            @Priority(2000)
            public class Shout implements StreamInterceptor {

                @Override
                public String name() {
                    return "shout";
                }

                @Override
                public Stage open(BranchContext branch, Stage next) {
                    return new Stage() {
                        @Override
                        public void delta(String text) {
                            next.delta(text.toUpperCase(Locale.ROOT));
                        }

                        @Override
                        public void end() {
                            next.end();
                        }
                    };
                }
            }
            """;

    @Test
    void finds_an_interceptor_in_an_added_jar(@TempDir Path temp) throws IOException {
        Path war = warWith(jar(temp), temp.resolve("with-shout.war"));
        try (WeirServer server = WeirServer.start(Map.of(), war)) {
            WeirClient admin = server.client("admin");
            String room = admin.room("quick");
            try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
                reader.begun();
                String turn = admin.prompt(room, "What is a weir?").path("turn").asText();

                String text = reader.answer(turn).text;

                assertThat(text).isNotBlank().isEqualTo(text.toUpperCase(Locale.ROOT));
                assertThat(declared(reader)).containsExactly("meter", "length", "safety", "redact", "shout", "audit");
            }
        }
    }

    private static List<String> declared(RoomReader reader) {
        JsonNode started = reader.events("turn-started").get(0);
        return Stream.of(started.path("interceptors"))
                .flatMap(it -> java.util.stream.StreamSupport.stream(it.spliterator(), false))
                .map(it -> it.path("name").asText())
                .toList();
    }

    private static Path jar(Path temp) throws IOException {
        Path source = temp.resolve("org/example/shout/Shout.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, SOURCE);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "21",
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(result).as("compiler").isZero();
        Path jar = temp.resolve("shout.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            put(out, "META-INF/beans.xml", new byte[0]);
            try (Stream<Path> classes = Files.list(source.getParent())) {
                for (Path it : classes.filter(file -> file.toString().endsWith(".class"))
                        .toList()) {
                    put(out, "org/example/shout/" + it.getFileName(), Files.readAllBytes(it));
                }
            }
        }
        return jar;
    }

    private static Path warWith(Path jar, Path target) throws IOException {
        try (ZipInputStream in =
                        new ZipInputStream(Files.newInputStream(WeirServer.builtWar()), StandardCharsets.UTF_8);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                put(out, entry.getName(), in.readAllBytes());
            }
            put(out, "WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
        }
        return target;
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        ((OutputStream) out).write(bytes);
        out.closeEntry();
    }
}
