package dev.weir.audit;

import dev.weir.event.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a node keeps of its audit outside the database, below its data directory: the name of its chain, the key, and how
 * far the chain went ({@code anchor}). Files that only the server's user can read.
 */
public final class AuditDirectory {

    private static final int KEY_BYTES = 32;

    private final Path folder;

    /** @param data the data directory */
    public AuditDirectory(Path data) {
        this.folder = data.resolve("audit");
    }

    /** How far a chain went. */
    public record Anchor(String chain, long seq, String hash) {}

    /** The name of this node's chain; made when there is none yet. */
    public String chain() {
        return read("chain").orElseGet(() -> {
            String name = Ids.next();
            write("chain", name);
            return name;
        });
    }

    /** The key of this directory; empty when there is none. */
    public Optional<AuditKey> key() {
        return read("key").map(AuditKey::of);
    }

    /** The key of this directory; made when there is none yet. */
    public AuditKey ownKey() {
        return key().orElseGet(() -> {
            byte[] random = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(random);
            String text = HexFormat.of().formatHex(random);
            write("key", text);
            return AuditKey.of(text);
        });
    }

    /** How far the chain went when that was last written down, once a minute or so; empty when it never was. */
    public Optional<Anchor> anchor() {
        return read("anchor")
                .map(it -> it.split(" ", -1))
                .filter(it -> it.length == 3)
                .map(AuditDirectory::anchor);
    }

    private static Anchor anchor(String[] parts) {
        try {
            return new Anchor(parts[0], Long.parseLong(parts[1]), parts[2]);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("The file audit/anchor in the data directory is damaged.", e);
        }
    }

    void keep(Anchor anchor) {
        write("anchor", anchor.chain() + " " + anchor.seq() + " " + anchor.hash());
    }

    private Optional<String> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip()).filter(it -> !it.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " can't be read.", e);
        }
    }

    private void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            Path draft = folder.resolve(name + ".new");
            Files.deleteIfExists(draft);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                var ownerOnly = PosixFilePermissions.fromString("rw-------");
                Files.createFile(draft, PosixFilePermissions.asFileAttribute(ownerOnly));
            }
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " can't be written.", e);
        }
    }
}
