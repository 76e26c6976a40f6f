package io.gatehouse.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key file, or the directory of key files, that a configuration names: read once when that is checked, and then
 * watched by {@link VerificationKeys#local}. Immutable; {@link #toString()} hides the password.
 */
public final class KeyFiles {

    /** So many files' problems are told; who has more has one problem. */
    private static final int MAXIMUM_TOLD = 5;

    private final KeyFileSource<KeyFileContent> source;
    private final SortedMap<String, KeyFile<KeyFileContent>> files;
    private final boolean mayHoldKeyStore;

    private KeyFiles(
            KeyFileSource<KeyFileContent> source,
            SortedMap<String, KeyFile<KeyFileContent>> files,
            boolean mayHoldKeyStore) {
        this.source = source;
        this.files = Collections.unmodifiableSortedMap(files);
        this.mayHoldKeyStore = mayHoldKeyStore;
    }

    /**
     * Reads a file, or every file of a directory whose name does not begin with a dot.
     *
     * @param password opens key stores; null where there is none
     * @throws IOException if the file cannot be read, or the directory not be listed
     * @throws UnusableKeyException if there is no usable key
     */
    public static KeyFiles read(Path location, @Nullable String password, KeyPolicy policy)
            throws IOException, UnusableKeyException {
        KeyFileParser parser = new KeyFileParser(policy, password);
        try {
            return Files.isDirectory(location) ? directory(location, parser) : file(location, parser);
        } catch (IOException unreadable) {
            throw new IOException(KeyFileReader.reason(unreadable), unreadable);
        }
    }

    private static KeyFiles file(Path location, KeyFileParser parser) throws IOException, UnusableKeyException {
        KeyFileReader<KeyFileContent> reader = new KeyFileReader<>(location, false, parser::parse);
        // Nothing is settled at the beginning of time: the watcher looks at each file once more.
        FileStamp stamp = FileStamp.of(location, Instant.EPOCH);
        KeyFileContent content = parser.parse(KeyFileReader.bytes(location), KeyFileReader.name(location));
        KeyFile<KeyFileContent> file = KeyFile.good(stamp, content, Instant.EPOCH);
        return new KeyFiles(reader, new TreeMap<>(Map.of(reader.location(), file)), content.keyStore());
    }

    private static KeyFiles directory(Path location, KeyFileParser parser) throws IOException, UnusableKeyException {
        KeyFileReader<KeyFileContent> reader = new KeyFileReader<>(location, true, parser::parse);
        SortedMap<String, KeyFile<KeyFileContent>> files = reader.read(Map.of(), Instant.EPOCH);
        if (files.isEmpty()) {
            throw new UnusableKeyException("it is a directory without a file");
        }
        if (files.values().stream().allMatch(file -> file.content() == null)) {
            throw new UnusableKeyException("it is a directory without a usable key file (" + problems(files) + ")");
        }
        return new KeyFiles(reader, files, true);
    }

    static <C> String problems(SortedMap<String, KeyFile<C>> files) {
        return files.entrySet().stream()
                .limit(MAXIMUM_TOLD)
                .map(entry -> KeyFileReader.name(Path.of(entry.getKey())) + ": "
                        + entry.getValue().problem())
                .collect(Collectors.joining("; "));
    }

    /**
     * Takes the content of something that does not change while the application runs, such as a class path resource.
     *
     * @throws UnusableKeyException if there is no usable key
     */
    public static KeyFiles fixed(String location, byte[] content, @Nullable String password, KeyPolicy policy)
            throws UnusableKeyException {
        KeyFileContent parsed =
                new KeyFileParser(policy, password).parse(content, location.substring(location.lastIndexOf('/') + 1));
        FileStamp stamp = new FileStamp(Instant.EPOCH, content.length, null, true);
        KeyFile<KeyFileContent> file = KeyFile.good(stamp, parsed, Instant.EPOCH);
        return new KeyFiles(
                new KeyFileSource.Fixed<>(location), new TreeMap<>(Map.of(location, file)), parsed.keyStore());
    }

    /** Whether a password is of use: a key store is there, or may come. */
    public boolean mayHoldKeyStore() {
        return mayHoldKeyStore;
    }

    KeyFileSource<KeyFileContent> source() {
        return source;
    }

    SortedMap<String, KeyFile<KeyFileContent>> files() {
        return files;
    }

    @Override
    public String toString() {
        return "KeyFiles[" + source.location() + "]";
    }
}
