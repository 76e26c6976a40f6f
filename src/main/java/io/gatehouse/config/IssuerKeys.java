package io.gatehouse.config;

import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.jwt.KeysOfIssuer;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.IssuerIdentifier;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executor;

/** The keys of one issuer, by what it calls itself. */
@FunctionalInterface
interface IssuerKeys {

    KeysOfIssuer keysOf(IssuerIdentifier identifier);

    /** Keys of an issuer whose tokens are not verified here. */
    static IssuerKeys none() {
        return identifier -> {
            throw new IllegalStateException("no keys are configured for " + identifier);
        };
    }

    /** As configured; no I/O here. */
    static IssuerKeys of(LocalValidation local, JsonHttpClient client, Clock clock, Executor executor) {
        KeySource source = local.keySource();
        if (source instanceof KeySource.PerIssuer perIssuer) {
            return identifier -> perIssuer(perIssuer, identifier, local, client, clock, executor);
        }
        VerificationKeys keys = keys(source, local, client, clock, executor);
        return identifier -> KeysOfIssuer.always(keys);
    }

    private static VerificationKeys keys(
            KeySource source, LocalValidation local, JsonHttpClient client, Clock clock, Executor executor) {
        if (source instanceof KeySource.Inline inline) {
            return inline.keys();
        }
        if (source instanceof KeySource.Local own) {
            return VerificationKeys.local(own.files(), local.remoteKeys().usableFor(), clock);
        }
        if (source instanceof KeySource.Discovered discovered) {
            IssuerMetadata metadata = new IssuerMetadata(discovered.documents(), discovered.issuers(), client, clock);
            return VerificationKeys.remote(
                    discovered.documents().get(0),
                    headers -> metadata.use("jwks_uri", place -> client.get(place, headers)),
                    local.keyPolicy(),
                    local.remoteKeys(),
                    clock,
                    executor);
        }
        return remote(((KeySource.Remote) source).location(), local, client, clock, executor);
    }

    private static VerificationKeys remote(
            URI location, LocalValidation local, JsonHttpClient client, Clock clock, Executor executor) {
        return VerificationKeys.remote(location, client, local.keyPolicy(), local.remoteKeys(), clock, executor);
    }

    /** One key set for an exact identifier; for a template, one for each issuer that it takes, and not too many. */
    private static KeysOfIssuer perIssuer(
            KeySource.PerIssuer source,
            IssuerIdentifier identifier,
            LocalValidation local,
            JsonHttpClient client,
            Clock clock,
            Executor executor) {
        if (!identifier.isTemplate()) {
            return KeysOfIssuer.always(
                    remote(URI.create(identifier.text() + source.path()), local, client, clock, executor));
        }
        return KeysOfIssuer.each(
                issuer -> remote(URI.create(issuer + source.path()), local, client, clock, executor), clock);
    }
}
