package io.gatehouse.keys;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one key file, or those of a directory. Without state, and thread-safe.
 *
 * @param <C> what such a file holds
 */
final class KeyFileReader<C> implements KeyFileSource<C> {

    /** Makes something of the bytes of a file of that name. */
    interface Parser<C> {
        C parse(byte[] content, String fileName) throws UnusableKeyException;
    }

    static final int MAXIMUM_FILES = 100;
    static final int MAXIMUM_SIZE = 1024 * 1024;

    private final Path location;
    private final boolean directory;
    private final Parser<C> parser;

    KeyFileReader(Path location, boolean directory, Parser<C> parser) {
        this.location = location;
        this.directory = directory;
        this.parser = parser;
    }

    @Override
    public String location() {
        return location.toString();
    }

    @Override
    public URI place() {
        return location.toUri();
    }

    @Override
    public SortedMap<String, KeyFile<C>> read(Map<String, KeyFile<C>> before, Instant now) throws IOException {
        SortedMap<String, KeyFile<C>> files = new TreeMap<>();
        for (Path path : paths()) {
            files.put(path.toString(), read(path, before.get(path.toString()), now));
        }
        return files;
    }

    /** No hidden files: editors, version control and mounted secrets keep their own things there. */
    private List<Path> paths() throws IOException {
        if (!directory) {
            return List.of(location);
        }
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(location)) {
            for (Path entry : entries) {
                if (!name(entry).startsWith(".") && Files.isRegularFile(entry)) {
                    paths.add(requireRoom(entry, paths));
                }
            }
        } catch (DirectoryIteratorException unlistable) {
            throw unlistable.getCause();
        }
        return paths;
    }

    private static Path requireRoom(Path entry, List<Path> paths) throws IOException {
        if (paths.size() == MAXIMUM_FILES) {
            throw new IOException("it holds more than " + MAXIMUM_FILES + " files");
        }
        return entry;
    }

    private KeyFile<C> read(Path path, @Nullable KeyFile<C> before, Instant now) {
        FileStamp stamp = null;
        try {
            // The stamp first: what changes while we read has another one the next time.
            stamp = FileStamp.of(path, now);
            if (before != null && before.isUnchanged(stamp)) {
                return before.lookedAt(now);
            }
            return KeyFile.good(stamp, parser.parse(bytes(path), name(path)), now);
        } catch (IOException unreadable) {
            return KeyFile.bad(null, before, now, reason(unreadable));
        } catch (UnusableKeyException unusable) {
            return KeyFile.bad(stamp, before, now, unusable.reason());
        }
    }

    static byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAXIMUM_SIZE + 1);
            if (bytes.length > MAXIMUM_SIZE) {
                throw new IOException("it is longer than " + MAXIMUM_SIZE + " bytes");
            }
            return bytes;
        }
    }

    /** The platform's message is the name of the file, as a rule. */
    static String reason(IOException unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (unreadable instanceof AccessDeniedException) {
            return "this process may not read it";
        }
        return Objects.requireNonNullElse(unreadable.getMessage(), "it cannot be read");
    }

    static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
