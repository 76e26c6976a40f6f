package io.gatehouse.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file, or the directory of files, with private keys of ours that a configuration names: read once when that is
 * checked, and then watched by {@link RotatingSigningKeys}. Immutable; {@link #toString()} hides keys and password.
 */
public final class SigningKeyFiles {

    private final KeyFileSource<SigningKeyFileContent> source;
    private final SortedMap<String, KeyFile<SigningKeyFileContent>> files;
    private final @Nullable String kid;

    private SigningKeyFiles(
            KeyFileSource<SigningKeyFileContent> source,
            SortedMap<String, KeyFile<SigningKeyFileContent>> files,
            @Nullable String kid) {
        this.source = source;
        this.files = Collections.unmodifiableSortedMap(files);
        this.kid = kid;
    }

    /**
     * Reads a file, or every file of a directory whose name does not begin with a dot.
     *
     * @param password opens key stores; null where there is none
     * @throws IOException if the file cannot be read, or the directory not be listed
     * @throws UnusableKeyException if there is no usable private key
     */
    public static SigningKeyFiles read(Path location, @Nullable String password)
            throws IOException, UnusableKeyException {
        SigningKeyParser parser = new SigningKeyParser(password);
        try {
            return Files.isDirectory(location) ? directory(location, parser) : file(location, parser);
        } catch (IOException unreadable) {
            throw new IOException(KeyFileReader.reason(unreadable), unreadable);
        }
    }

    private static SigningKeyFiles file(Path location, SigningKeyParser parser)
            throws IOException, UnusableKeyException {
        KeyFileReader<SigningKeyFileContent> reader = new KeyFileReader<>(location, false, parser);
        FileStamp stamp = FileStamp.of(location, Instant.EPOCH);
        SigningKeyFileContent content = parser.parse(KeyFileReader.bytes(location), KeyFileReader.name(location));
        return new SigningKeyFiles(
                reader, new TreeMap<>(Map.of(reader.location(), KeyFile.good(stamp, content, Instant.EPOCH))), null);
    }

    private static SigningKeyFiles directory(Path location, SigningKeyParser parser)
            throws IOException, UnusableKeyException {
        KeyFileReader<SigningKeyFileContent> reader = new KeyFileReader<>(location, true, parser);
        SortedMap<String, KeyFile<SigningKeyFileContent>> files = reader.read(Map.of(), Instant.EPOCH);
        if (files.isEmpty()) {
            throw new UnusableKeyException("it is a directory without a file");
        }
        if (files.values().stream().allMatch(file -> file.content() == null)) {
            throw new UnusableKeyException(
                    "it is a directory without a private key (" + KeyFiles.problems(files) + ")");
        }
        return new SigningKeyFiles(reader, files, null);
    }

    /**
     * Takes the content of something that does not change while the application runs, such as a class path resource.
     *
     * @throws UnusableKeyException if there is no usable private key
     */
    public static SigningKeyFiles fixed(String location, byte[] content, @Nullable String password)
            throws UnusableKeyException {
        SigningKeyFileContent parsed = new SigningKeyParser(password).parse(content, location);
        FileStamp stamp = new FileStamp(Instant.EPOCH, content.length, null, true);
        return new SigningKeyFiles(
                new KeyFileSource.Fixed<>(location),
                new TreeMap<>(Map.of(location, KeyFile.good(stamp, parsed, Instant.EPOCH))),
                null);
    }

    /**
     * The same files, with this id for their one key whatever the file says.
     *
     * @throws UnusableKeyException if there are several keys, which cannot have one id
     */
    public SigningKeyFiles withKeyId(String id) throws UnusableKeyException {
        long keys = files.values().stream()
                .map(KeyFile::content)
                .mapToLong(content -> content == null ? 0 : content.keys().size())
                .sum();
        if (keys > 1) {
            throw new UnusableKeyException("it holds " + keys + " keys, which cannot all have the id \"" + id + "\"");
        }
        return new SigningKeyFiles(source, files, id);
    }

    KeyFileSource<SigningKeyFileContent> source() {
        return source;
    }

    SortedMap<String, KeyFile<SigningKeyFileContent>> files() {
        return files;
    }

    /** The one id that was configured; null where each key has its own. */
    @Nullable String kid() {
        return kid;
    }

    @Override
    public String toString() {
        return "SigningKeyFiles[" + source.location() + "]";
    }
}
