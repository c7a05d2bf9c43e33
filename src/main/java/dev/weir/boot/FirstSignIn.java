package dev.weir.boot;

import dev.weir.identity.FirstAdministrator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the generated password of the first administrator to whoever started the product: in a file that only they can
 * read, which the start script shows once and deletes. It never goes to a log.
 */
@ApplicationScoped
public class FirstSignIn {

    private static final Logger LOG = LoggerFactory.getLogger(FirstSignIn.class);

    @Inject
    @ConfigProperty(name = "weir.data.dir", defaultValue = "data")
    String dataDir;

    void tell(String password) {
        Path file = Path.of(dataDir).toAbsolutePath().resolve("first-sign-in.txt");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            create(file);
            String text = "login=" + FirstAdministrator.LOGIN + "\npassword=" + password + "\n";
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("The first administrator's password could not be written to " + file, e);
        }
        LOG.info("The first administrator's login and password are in {}. Read it, sign in, and delete it.", file);
    }

    private static void create(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
        } else {
            Files.createFile(file);
        }
    }
}
