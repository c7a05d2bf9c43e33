package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;

/** The product with one more jar in it, as somebody who writes an interceptor of his own makes it. */
final class AddedJar {

    private AddedJar() {}

    /**
     * Compiles a bean, puts it into a jar, and that into a copy of the WAR.
     *
     * @param name of the bean's class, with its package
     */
    static Path war(Path temp, String name, String source) throws IOException {
        return warWith(jar(temp, name.replace('.', '/'), source), temp.resolve("with-a-jar.war"));
    }

    private static Path jar(Path temp, String name, String text) throws IOException {
        Path source = temp.resolve(name + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, text);
        String classPath = System.getProperty("java.class.path");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-proc:none", "-cp", classPath, source.toString());
        assertThat(result).as("compiler").isZero();
        Path jar = temp.resolve("added.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> classes = Files.list(source.getParent())) {
            put(out, "META-INF/beans.xml", new byte[0]);
            for (Path it :
                    classes.filter(file -> file.toString().endsWith(".class")).toList()) {
                put(out, temp.relativize(it).toString(), Files.readAllBytes(it));
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
