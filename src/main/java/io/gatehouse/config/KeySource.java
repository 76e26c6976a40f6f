package io.gatehouse.config;

import io.gatehouse.keys.KeyFiles;
import io.gatehouse.keys.VerificationKeys;
import java.net.URI;

/** Where the keys of an issuer come from. */
sealed interface KeySource {

    /** Keys that stand in the configuration. */
    record Inline(VerificationKeys keys) implements KeySource {}

    /** Keys in files, which were read at start and are watched from then on. */
    record Local(KeyFiles files) implements KeySource {}

    /** Keys that are fetched when the first token comes: an issuer that is down does not stop the application. */
    record Remote(URI location) implements KeySource {}
}
