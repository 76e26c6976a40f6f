package io.gatehouse.config;

import io.gatehouse.keys.SigningKeyFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where keys that we sign with are, and what was read there. Those of one place with one id are the same keys, whichever
 * client uses them.
 */
record SigningKeyLocation(String location, @Nullable String keyId, SigningKeyFiles files) {

    /** What tells it from others. */
    String identity() {
        return location + (keyId == null ? "" : "\n" + keyId);
    }
}
