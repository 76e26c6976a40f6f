package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.config.ConfigProperty.ISSUER_DISCOVERY;
import static io.gatehouse.config.ConfigProperty.ISSUER_JWKS_URI;

import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.http.FetchResult;
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

    /** OpenID Connect Discovery 1.0 §3, RFC 8414 §2. */
    String JWKS_URI = "jwks_uri";

    /** The class of the status (RFC 9110 §15.4). */
    int REDIRECT = 3;

    KeysOfIssuer keysOf(IssuerIdentifier identifier);

    /**
     * As configured; no I/O here.
     *
     * @param finder reads the issuer's metadata
     * @param client fetches keys
     */
    static IssuerKeys of(
            LocalValidation local, JsonHttpClient finder, JsonHttpClient client, Clock clock, Executor executor) {
        KeySource source = local.keySource();
        if (source instanceof KeySource.PerIssuer perIssuer) {
            return identifier -> perIssuer(perIssuer, identifier, local, client, clock, executor);
        }
        VerificationKeys keys = keys(source, local, finder, client, clock, executor);
        return identifier -> KeysOfIssuer.always(keys);
    }

    private static VerificationKeys keys(
            KeySource source,
            LocalValidation local,
            JsonHttpClient finder,
            JsonHttpClient client,
            Clock clock,
            Executor executor) {
        if (source instanceof KeySource.Inline inline) {
            return inline.keys();
        }
        if (source instanceof KeySource.Local own) {
            return VerificationKeys.local(own.files(), local.remoteKeys().usableFor(), clock);
        }
        if (source instanceof KeySource.Discovered discovered) {
            return discovered(discovered, local, finder, client, clock, executor);
        }
        return remote(((KeySource.Remote) source).location(), local, client, clock, executor);
    }

    private static VerificationKeys discovered(
            KeySource.Discovered source,
            LocalValidation local,
            JsonHttpClient finder,
            JsonHttpClient client,
            Clock clock,
            Executor executor) {
        String issuer = local.claims().issuer().name();
        IssuerMetadata metadata =
                new IssuerMetadata(source.documents(), source.issuers(), advice(issuer), finder, clock);
        URI whereToBegin = whereToBegin(source);
        return VerificationKeys.remote(
                () -> metadata.lastUsed(JWKS_URI).orElse(whereToBegin),
                headers -> metadata.use(JWKS_URI, place -> naming(place, client.get(place, headers))),
                local.keyPolicy(),
                local.remoteKeys(),
                clock,
                executor);
    }

    /** The issuer itself, where the places of its metadata are derived from it; the one place that is configured. */
    private static URI whereToBegin(KeySource.Discovered source) {
        return source.documents().size() == 1
                ? source.documents().get(0)
                : URI.create(source.issuers().iterator().next());
    }

    private static String advice(String issuer) {
        return "look at " + ISSUER.nameFor(issuer).template() + ", or set "
                + ISSUER_DISCOVERY.nameFor(issuer).template() + " to the URL of the metadata, or "
                + ISSUER_JWKS_URI.nameFor(issuer).template() + " to that of the keys";
    }

    /** Whoever reads of a problem has configured the metadata only, and does not know this place. */
    private static FetchResult naming(URI place, FetchResult result) {
        return result.match(
                ok -> ok,
                refused -> new FetchResult.Unreachable(place + " (from the metadata) " + answered(refused)),
                unreachable -> new FetchResult.Unreachable(place + " (from the metadata): " + unreachable.problem()));
    }

    private static VerificationKeys remote(
            URI location, LocalValidation local, JsonHttpClient client, Clock clock, Executor executor) {
        return VerificationKeys.remote(
                () -> location,
                headers -> pointing(local.keysProperty(), client.get(location, headers)),
                local.keyPolicy(),
                local.remoteKeys(),
                clock,
                executor);
    }

    private static String answered(FetchResult.Refused refused) {
        return refused.status() / 100 == REDIRECT
                ? "answered with a redirect (" + refused.status()
                        + "), which is never followed: check its host, and the slash at its end"
                : "answered " + refused.status();
    }

    /** Whoever reads of a problem sees the URL, and has to find the place where it is set. */
    private static FetchResult pointing(String property, FetchResult result) {
        String advice = "; look at " + property;
        return result.match(
                ok -> ok,
                refused -> new FetchResult.Unreachable("it " + answered(refused) + advice),
                unreachable -> new FetchResult.Unreachable(unreachable.problem() + advice));
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
