package io.gatehouse.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * What is configured about calls to others. Immutable.
 *
 * @param unusable clients that fail where they are used
 * @param publication null where our public keys are not published
 * @param tokenFiles null where no client keeps its refresh tokens in files
 */
record OutboundSettings(
        List<ClientConfig> clients,
        List<UnusableClient> unusable,
        @Nullable Publication publication,
        @Nullable TokenFiles tokenFiles) {

    OutboundSettings {
        clients = List.copyOf(clients);
        unusable = List.copyOf(unusable);
    }

    static OutboundSettings none() {
        return new OutboundSettings(List.of(), List.of(), null, null);
    }

    /** Where our public keys are published, below the context path, and how long others may keep them. */
    record Publication(String path, Duration maximumAge) {}

    /** Where refresh tokens are kept, and the key that they are encrypted with. */
    record TokenFiles(Path directory, SecretKey key) {
        @Override
        public String toString() {
            return "TokenFiles[" + directory + "]";
        }
    }
}
