package io.gatehouse.discovery;

import static java.util.stream.Collectors.joining;

import io.gatehouse.http.FetchResult;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that an authorization server publishes about itself: read when something of it is first needed, and again
 * after an hour, or when what it named did not work. Where nobody answers then, what was read last counts for up to a day:
 * what it names may work all the same.
 *
 * <p>A document counts only if its {@code issuer} is exactly the one that was asked about (RFC 8414 §3.3): another one
 * could name the keys of somebody else. Thread-safe; blocks the calling thread for an exchange, so it belongs behind
 * something that does not ask for every request. No I/O before the first question.
 */
public final class IssuerMetadata {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration KEPT_WITHOUT_ANSWER = Duration.ofDays(1);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(1);

    private static final int SERVER_ERROR = 500;
    private static final int MAXIMUM_ISSUER = 200;
    private static final int MAXIMUM_TYPE = 60;

    private final List<URI> documents;
    private final Set<String> issuers;
    private final String advice;
    private final Fetcher fetcher;
    private final Clock clock;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /** Fetches a document. */
    interface Fetcher {

        /** Given up when the answer is wanted no more. */
        FetchResult get(URI document, BooleanSupplier wanted);
    }

    /** A document that was read, and when to do so again. */
    private record Known(URI document, Map<String, Object> members, Instant readAt, Instant dueAt) {

        Known(URI document, Map<String, Object> members, Instant readAt) {
            this(document, members, readAt, readAt.plus(LIFETIME));
        }

        boolean isUsableWithoutAnswer(Instant now) {
            return now.isBefore(readAt.plus(KEPT_WITHOUT_ANSWER));
        }

        Known triedAgain(Instant now) {
            return new Known(document, members, readAt, now.plus(BETWEEN_ATTEMPTS));
        }
    }

    /** What a document turned out to be. */
    private sealed interface Reading {
        record Metadata(Known known) implements Reading {}

        record Problem(Kind kind, String text) implements Reading {}
    }

    private enum Kind {
        /** There may be metadata at another place. */
        NONE_HERE,
        /** Metadata that say whose they are, and not ours: nothing else says more about what is wrong. */
        FOREIGN,
        /** Whoever does not answer here, will not do so at another path. */
        NO_ANSWER
    }

    /**
     * Metadata at one of these places.
     *
     * @param documents tried in this order, until one holds the metadata of the issuer
     * @param issuers what they may call the issuer
     * @param advice what to change where a server answers, and not with these metadata; follows the problem in the log
     */
    public IssuerMetadata(List<URI> documents, Set<String> issuers, String advice, JsonHttpClient client, Clock clock) {
        this(documents, issuers, advice, (document, wanted) -> client.get(document, Map.of(), wanted), clock);
    }

    IssuerMetadata(List<URI> documents, Set<String> issuers, String advice, Fetcher fetcher, Clock clock) {
        this.documents = List.copyOf(documents);
        this.issuers = Set.copyOf(issuers);
        this.advice = advice;
        this.fetcher = fetcher;
        this.clock = clock;
    }

    /**
     * Uses the endpoint that the metadata name: what comes of it, or why there is none.
     *
     * @param member such as {@code jwks_uri}
     */
    public FetchResult use(String member, Function<URI, FetchResult> exchange) {
        return use(member, () -> true, exchange);
    }

    /**
     * The same, for somebody who may lose interest.
     *
     * @param wanted asked now and then while the metadata are read: false gives that up
     */
    public FetchResult use(String member, BooleanSupplier wanted, Function<URI, FetchResult> exchange) {
        return useOfIssuer(member, wanted, (endpoint, issuer) -> exchange.apply(endpoint));
    }

    /** The same, for an exchange that also has to know what the metadata call the issuer. */
    public FetchResult useOfIssuer(
            String member, BooleanSupplier wanted, BiFunction<URI, String, FetchResult> exchange) {
        Reading reading = read(wanted);
        if (reading instanceof Reading.Problem problem) {
            return new FetchResult.Unreachable(problem.text());
        }
        Known metadata = ((Reading.Metadata) reading).known();
        URI endpoint = endpoint(metadata, member);
        FetchResult result = endpoint == null
                ? without(member, metadata)
                : exchange.apply(endpoint, (String) metadata.members().get("issuer"));
        if (mayHaveMoved(result)) {
            known.set(null);
        }
        return result;
    }

    private static boolean mayHaveMoved(FetchResult result) {
        return result.match(ok -> false, refused -> refused.status() < 400 || refused.status() == 404, gone -> true);
    }

    private FetchResult without(String member, Known metadata) {
        String usable = metadata.members().containsKey(member) ? "usable " : "";
        return new FetchResult.Unreachable(
                "the metadata at " + metadata.document() + " have no " + usable + "\"" + member + "\"; " + advice);
    }

    /** What the metadata named last, if that worked; empty before it was needed. No I/O. */
    public Optional<URI> lastUsed(String member) {
        Known current = known.get();
        return Optional.ofNullable(current == null ? null : endpoint(current, member));
    }

    private static @Nullable URI endpoint(Known metadata, String member) {
        return metadata.members().get(member) instanceof String text ? uri(text) : null;
    }

    private static @Nullable URI uri(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() == null ? null : uri;
        } catch (IllegalArgumentException notAUri) {
            return null;
        }
    }

    private Reading read(BooleanSupplier wanted) {
        Known current = known.get();
        if (current != null && clock.instant().isBefore(current.dueAt())) {
            return new Reading.Metadata(current);
        }
        Reading reading = readAnew(wanted);
        return current == null ? reading : orCurrent(reading, current);
    }

    private Reading orCurrent(Reading reading, Known current) {
        Instant now = clock.instant();
        boolean silent = reading instanceof Reading.Problem problem && problem.kind() == Kind.NO_ANSWER;
        if (!silent || !current.isUsableWithoutAnswer(now)) {
            return reading;
        }
        known.compareAndSet(current, current.triedAgain(now));
        return new Reading.Metadata(current);
    }

    private Reading readAnew(BooleanSupplier wanted) {
        List<Reading.Problem> problems = new ArrayList<>();
        for (URI document : documents) {
            Reading reading = read(document, wanted);
            if (reading instanceof Reading.Metadata found) {
                known.set(found.known());
                return found;
            }
            Reading.Problem problem = (Reading.Problem) reading;
            problems.add(problem);
            if (problem.kind() == Kind.NO_ANSWER) {
                break;
            }
        }
        return mostTelling(problems);
    }

    private Reading mostTelling(List<Reading.Problem> problems) {
        for (Kind kind : List.of(Kind.FOREIGN, Kind.NO_ANSWER)) {
            for (Reading.Problem problem : problems) {
                if (problem.kind() == kind) {
                    return problem;
                }
            }
        }
        String all = problems.stream().map(Reading.Problem::text).collect(joining(", "));
        return new Reading.Problem(Kind.NONE_HERE, "found no metadata: " + all + "; " + advice);
    }

    private Reading read(URI document, BooleanSupplier wanted) {
        return fetcher.get(document, wanted)
                .match(
                        ok -> read(document, ok),
                        refused -> refused.status() < SERVER_ERROR
                                ? noneHere(document + " answered " + refused.status())
                                : noAnswer(document, "it answered " + refused.status()),
                        unreachable -> noAnswer(document, unreachable.problem()));
    }

    private static Reading noneHere(String problem) {
        return new Reading.Problem(Kind.NONE_HERE, problem);
    }

    private static Reading noAnswer(URI document, String problem) {
        return new Reading.Problem(Kind.NO_ANSWER, "no metadata from " + document + ": " + problem);
    }

    private Reading read(URI document, FetchResult.Ok answer) {
        if (!(JsonParser.parseObject(answer.body()) instanceof JsonParseResult.Parsed parsed)) {
            String type = answer.contentType().isEmpty() ? "of no type" : shown(answer.contentType(), MAXIMUM_TYPE);
            return noneHere(document + " is no JSON object, but " + type);
        }
        Object found = parsed.members().get("issuer");
        if (!(found instanceof String issuer)) {
            return noneHere(document + " is JSON without an \"issuer\"");
        }
        return issuers.contains(issuer)
                ? new Reading.Metadata(new Known(document, parsed.members(), clock.instant()))
                : new Reading.Problem(Kind.FOREIGN, foreign(document, issuer));
    }

    private String foreign(URI document, String issuer) {
        return "the metadata at " + document + " are those of the issuer \"" + shown(issuer, MAXIMUM_ISSUER)
                + "\", but configured is " + issuers.stream().sorted().collect(joining("\" or \"", "\"", "\""))
                + " (compared character by character); " + advice;
    }

    /** What others wrote, for the log: in one short line. */
    private static String shown(String text, int maximum) {
        String line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() <= maximum ? line : line.substring(0, maximum) + "...";
    }
}
