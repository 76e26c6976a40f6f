package io.gatehouse.config;

import io.gatehouse.keys.KeyFiles;
import io.gatehouse.keys.VerificationKeys;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Where the keys of an issuer come from. */
sealed interface KeySource {

    /** Keys that stand in the configuration. */
    record Inline(VerificationKeys keys) implements KeySource {}

    /** Keys in files, which were read at start and are watched from then on. */
    record Local(KeyFiles files) implements KeySource {}

    /** Keys that are fetched when the first token comes: an issuer that is down does not stop the application. */
    record Remote(URI location) implements KeySource {}

    /**
     * Keys that are fetched from a place below what the token's issuer calls itself: each of its identifiers has its own.
     *
     * @param path what follows the identifier; begins with a slash
     */
    record PerIssuer(String path) implements KeySource {

        /** How the configuration writes "the token's issuer". */
        static final String ISSUER = "{iss}";
    }

    /**
     * Keys whose place the issuer's metadata name (OpenID Connect Discovery 1.0, RFC 8414).
     *
     * @param documents where the metadata may be, tried in this order
     * @param issuers what they may call the issuer
     */
    record Discovered(List<URI> documents, Set<String> issuers) implements KeySource {
        public Discovered {
            documents = List.copyOf(documents);
            issuers = Set.copyOf(issuers);
        }
    }
}
