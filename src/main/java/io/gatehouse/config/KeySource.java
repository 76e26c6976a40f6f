package io.gatehouse.config;

import io.gatehouse.keys.VerificationKeys;
import java.net.URI;

/** Where the keys of an issuer come from. */
sealed interface KeySource {

    /** Keys that were read at start. */
    record Local(VerificationKeys keys) implements KeySource {}

    /** Keys that are fetched when the first token comes: an issuer that is down does not stop the application. */
    record Remote(URI location) implements KeySource {}
}
