package io.gatehouse.keys;

import io.gatehouse.http.FetchResult;
import io.gatehouse.http.JsonHttpClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer. Implementations are thread-safe and throw for nothing that a token or a peer does. */
public interface VerificationKeys {

    /**
     * The keys of a text: PEM (SubjectPublicKeyInfo or certificate), JWK, JWK Set, or base64 of one of these.
     *
     * @throws UnusableKeyException if the text holds no key that can verify a signature
     */
    static VerificationKeys parse(String text, KeyPolicy policy) throws UnusableKeyException {
        KeyTextParser.Parsed parsed = new KeyTextParser(policy).parse(text);
        if (parsed.keys().isEmpty()) {
            throw new UnusableKeyException("it has no usable key " + parsed.skipped());
        }
        return new KeySet(parsed.keys());
    }

    /**
     * The keys of local files, which are looked at again while they are used; no I/O here.
     *
     * @param usableFor how long the keys of a file that cannot be read any more stay in use
     */
    static VerificationKeys local(KeyFiles files, Duration usableFor, Clock clock) {
        return LocalJwkSet.of(files, usableFor, clock);
    }

    /**
     * The keys behind a URL, fetched when they are first asked for; no I/O here.
     *
     * @param executor runs the fetches; they may take as long as the client's total timeout
     */
    static VerificationKeys remote(
            URI location,
            JsonHttpClient client,
            KeyPolicy policy,
            RemoteJwkSetSettings settings,
            Clock clock,
            Executor executor) {
        return remote(() -> location, headers -> client.get(location, headers), policy, settings, clock, executor);
    }

    /**
     * Keys whose URL has to be found out first; no I/O here.
     *
     * @param place where they are, as far as that is known by now; for the log
     * @param fetcher fetches them with these headers
     * @param executor runs the fetches; they may take as long as the client's total timeout
     */
    static VerificationKeys remote(
            Supplier<URI> place,
            Function<Map<String, String>, FetchResult> fetcher,
            KeyPolicy policy,
            RemoteJwkSetSettings settings,
            Clock clock,
            Executor executor) {
        return new RemoteJwkSet(
                place,
                () -> fetcher.apply(RemoteJwkSet.HEADERS),
                policy,
                settings,
                clock,
                executor,
                new WaitingPlaces.RealTime());
    }

    /**
     * Finds the key that a token's header names.
     *
     * @param kid the header's {@code kid}, compared exactly; null where it has none, and then every key may be meant
     */
    KeyLookup lookup(@Nullable String kid);

    /**
     * Other keys than those found, after none of these verified a token: the issuer may have changed his keys, and not
     * every token names its key.
     *
     * @param kid as for {@link #lookup}
     * @param signature the token's, which tells it from others
     * @param tried what was found before
     */
    default KeyLookup lookupOther(@Nullable String kid, byte[] signature, KeyLookup.Found tried) {
        return new KeyLookup.NotFound();
    }
}
