package io.gatehouse.discovery;

import io.gatehouse.http.FetchResult;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that an authorization server publishes about itself: read when something of it is first needed, and again
 * after an hour, or when what it named did not work.
 *
 * <p>A document counts only if its {@code issuer} is exactly the one that was asked about (RFC 8414 §3.3): another one
 * could name the keys of somebody else. Thread-safe; blocks the calling thread for an exchange, so it belongs behind
 * something that does not ask for every request. No I/O before the first question.
 */
public final class IssuerMetadata {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final List<URI> documents;
    private final Set<String> issuers;
    private final Function<URI, FetchResult> fetcher;
    private final Clock clock;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    private record Known(Map<String, Object> members, Instant readAt) {}

    /** What a document turned out to be. */
    private sealed interface Reading {
        record Metadata(Map<String, Object> members) implements Reading {}

        record Useless(FetchResult result) implements Reading {}
    }

    /**
     * Metadata at one of these places.
     *
     * @param documents tried in this order, until one holds the metadata of the issuer
     * @param issuers what they may call the issuer
     */
    public IssuerMetadata(List<URI> documents, Set<String> issuers, JsonHttpClient client, Clock clock) {
        this(documents, issuers, client::get, clock);
    }

    IssuerMetadata(List<URI> documents, Set<String> issuers, Function<URI, FetchResult> fetcher, Clock clock) {
        this.documents = List.copyOf(documents);
        this.issuers = Set.copyOf(issuers);
        this.fetcher = fetcher;
        this.clock = clock;
    }

    /**
     * Uses the endpoint that the metadata name: what comes of it, or why there is none.
     *
     * @param member such as {@code jwks_uri}
     */
    public FetchResult use(String member, Function<URI, FetchResult> exchange) {
        Reading reading = read();
        if (reading instanceof Reading.Useless useless) {
            return useless.result();
        }
        Object place = ((Reading.Metadata) reading).members().get(member);
        URI endpoint = place instanceof String text ? uri(text) : null;
        FetchResult result = endpoint == null
                ? new FetchResult.Unreachable("the issuer's metadata name no usable " + member)
                : exchange.apply(endpoint);
        if (mayHaveMoved(result)) {
            known.set(null);
        }
        return result;
    }

    private static boolean mayHaveMoved(FetchResult result) {
        return result.match(ok -> false, refused -> refused.status() < 400 || refused.status() == 404, gone -> true);
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notAUri) {
            return null;
        }
    }

    private Reading read() {
        Known current = known.get();
        if (current != null && clock.instant().isBefore(current.readAt().plus(LIFETIME))) {
            return new Reading.Metadata(current.members());
        }
        Reading last = new Reading.Useless(new FetchResult.Unreachable("there are no metadata"));
        for (URI document : documents) {
            last = read(document, last);
            if (last instanceof Reading.Metadata found) {
                known.set(new Known(found.members(), clock.instant()));
                return found;
            }
        }
        return last;
    }

    /** A document of somebody else says more about what is wrong than one that is not there. */
    private Reading read(URI document, Reading before) {
        FetchResult result = fetcher.apply(document);
        if (!(result instanceof FetchResult.Ok ok)) {
            boolean worse = before instanceof Reading.Useless useless
                    && useless.result() instanceof FetchResult.Unreachable known
                    && known.problem().contains("metadata at");
            return worse ? before : new Reading.Useless(result);
        }
        if (!(JsonParser.parseObject(ok.body()) instanceof JsonParseResult.Parsed parsed)) {
            return useless("the metadata at " + document + " are no JSON object");
        }
        return parsed.members().get("issuer") instanceof String issuer && issuers.contains(issuer)
                ? new Reading.Metadata(parsed.members())
                : useless("the metadata at " + document + " are those of another issuer");
    }

    private static Reading useless(String problem) {
        return new Reading.Useless(new FetchResult.Unreachable(problem));
    }
}
