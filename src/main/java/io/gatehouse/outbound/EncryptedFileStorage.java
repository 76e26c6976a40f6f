package io.gatehouse.outbound;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gatehouse.log.ApplicationLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One encrypted file for each namespace, which its owner alone may read, from its first byte on; replaced as a whole, so
 * that a reader or a crash meets the old tokens or the new.
 *
 * <p>Thread-safe, and safe for several processes in one directory: the last one to write wins.
 */
final class EncryptedFileStorage implements TokenStorage {

    private static final System.Logger LOG = ApplicationLog.of(EncryptedFileStorage.class);

    /** Far more than any two tokens. */
    private static final int LARGEST = 1 << 20;

    private final Path directory;
    private final TokenSeal seal;

    EncryptedFileStorage(Path directory, byte[] key) {
        this.directory = directory;
        this.seal = new TokenSeal(key);
    }

    @Override
    public Optional<StoredTokens> load(String namespace) {
        Path file = file(namespace);
        try {
            return read(file).flatMap(content -> open(namespace, file, content));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try (InputStream content = Channels.newInputStream(Files.newByteChannel(file, Set.of(READ, NOFOLLOW_LINKS)))) {
            return Optional.of(content.readNBytes(LARGEST));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private Optional<StoredTokens> open(String namespace, Path file, byte[] content) {
        if (!TokenSeal.looksSealed(content)) {
            return useless(namespace, file, "it is none of ours, or was cut short");
        }
        Optional<StoredTokens> tokens = seal.open(namespace, content).flatMap(StoredTokensJson::read);
        return tokens.isPresent()
                ? tokens
                : useless(namespace, file, "it was written with another key or for another client, or was changed");
    }

    private static Optional<StoredTokens> useless(String namespace, Path file, String problem) {
        LOG.log(WARNING, "GATE0425 stored tokens of {0} cannot be used ({1}): {2}", namespace, file, problem);
        return Optional.empty();
    }

    @Override
    public void store(String namespace, StoredTokens tokens) {
        try {
            replace(file(namespace), seal.seal(namespace, StoredTokensJson.write(tokens)));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void replace(Path file, byte[] content) throws IOException {
        Files.createDirectories(directory, forOwner("rwx------"));
        Path beside = directory.resolve(file.getFileName() + "." + UUID.randomUUID());
        try {
            write(beside, content);
            Files.move(beside, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), forOwner("rw-------"))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Where there are no such permissions, those of the directory have to do. */
    private FileAttribute<?>[] forOwner(String permissions) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void remove(String namespace) {
        try {
            Files.deleteIfExists(file(namespace));
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }

    /** A name that any file system takes, and that says nothing of a user whose tokens it holds. */
    private Path file(String namespace) {
        return directory.resolve(TokenHash.of(namespace) + ".tokens");
    }

    @Override
    public String toString() {
        return "EncryptedFileStorage[" + directory + "]";
    }
}
