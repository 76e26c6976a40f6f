package io.gatehouse.keys;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where key files are. Implementations are without state, and thread-safe.
 *
 * @param <C> what such a file holds
 */
interface KeyFileSource<C> {

    /** As the configuration names it. */
    String location();

    /** The same as a URI. */
    URI place();

    /**
     * The key files by name, as they are now; what did not change is not read again.
     *
     * @throws IOException if it cannot be told which files there are; one that cannot be read is a {@link KeyFile} that
     *     says so
     */
    SortedMap<String, KeyFile<C>> read(Map<String, KeyFile<C>> before, Instant now) throws IOException;

    /** What never changes: a class path resource. */
    record Fixed<C>(String location) implements KeyFileSource<C> {
        @Override
        public URI place() {
            try {
                String path = location.substring(location.indexOf(':') + 1);
                return new URI("classpath", path.startsWith("/") ? path : "/" + path, null);
            } catch (URISyntaxException unheardOf) {
                throw new IllegalStateException(unheardOf);
            }
        }

        @Override
        public SortedMap<String, KeyFile<C>> read(Map<String, KeyFile<C>> before, Instant now) {
            SortedMap<String, KeyFile<C>> files = new TreeMap<>();
            before.forEach((name, file) -> files.put(name, file.lookedAt(now)));
            return files;
        }
    }
}
