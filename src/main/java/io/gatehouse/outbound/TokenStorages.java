package io.gatehouse.outbound;

import java.nio.file.Path;

/** The storages that come with Gatehouse. */
public final class TokenStorages {

    private TokenStorages() {}

    /** Keeps tokens as long as it is kept itself. */
    public static TokenStorage memory() {
        return new MemoryTokenStorage();
    }

    /**
     * Keeps tokens in files of this directory, encrypted, each readable for its owner alone. The directory is made with the
     * first tokens; a file that was written with another key is left alone until then, with a warning.
     *
     * @param key 32 bytes, for AES-256
     * @throws IllegalArgumentException where the key has another length
     */
    public static TokenStorage encryptedFiles(Path directory, byte[] key) {
        return new EncryptedFileStorage(directory, key);
    }
}
