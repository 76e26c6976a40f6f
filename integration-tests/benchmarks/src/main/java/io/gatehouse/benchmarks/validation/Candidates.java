package io.gatehouse.benchmarks.validation;

import io.gatehouse.benchmarks.contestants.Contestant;
import io.gatehouse.benchmarks.contestants.Floor;
import io.gatehouse.benchmarks.contestants.Trust;
import io.gatehouse.benchmarks.contestants.Validation;
import io.gatehouse.benchmarks.run.Candidate;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes candidates of contestants. Stateless. */
final class Candidates {

    static final String FLOOR = "`Signature.verify` alone";

    private static final String SCHEME = "Bearer ";

    private Candidates() {}

    /** So many tokens, signed by all processors. */
    static List<String> pool(int size, IntFunction<String> token) {
        return IntStream.range(0, size).parallel().mapToObj(token).toList();
    }

    static Candidate floor(TokenIssuer issuer, List<String> tokens) {
        return of(FLOOR, Floor.of(issuer, tokens), tokens, true);
    }

    /** The same by another provider; empty where it cannot do it. */
    static Optional<Candidate> floor(TokenIssuer issuer, List<String> tokens, Provider provider) {
        return Floor.of(issuer, tokens, provider)
                .map(floor -> of("`Signature.verify` of " + provider.getName() + " alone", floor, tokens, true));
    }

    static Candidate of(Contestant contestant, Trust trust, List<String> tokens, boolean good) {
        return of(contestant.title(), contestant.trusting(trust), tokens, good);
    }

    private static Candidate of(String title, Validation validation, List<String> tokens, boolean good) {
        String[] pool = tokens.toArray(String[]::new);
        return new Candidate(title, (i, sink) -> {
            if (validation.accepts(pool[Math.floorMod(i, pool.length)], sink) != good) {
                throw new IllegalStateException(title + (good ? " refuses a good token" : " takes a bad token"));
            }
        });
    }

    /** From the header's text on: the token is a new string each time, as it is in a server, and no hash of it is kept. */
    static Candidate fromHeader(Contestant contestant, Trust trust, List<String> tokens) {
        Validation validation = contestant.trusting(trust);
        String[] headers = headers(tokens);
        return new Candidate(contestant.title(), (i, sink) -> {
            String token = headers[Math.floorMod(i, headers.length)].substring(SCHEME.length());
            if (!validation.accepts(token, sink)) {
                throw new IllegalStateException(contestant.title() + " refuses a good token");
            }
        });
    }

    /** What that new string costs. */
    static Candidate headerAlone(List<String> tokens) {
        String[] headers = headers(tokens);
        return new Candidate(
                "the header's string alone",
                (i, sink) -> sink.consume(headers[Math.floorMod(i, headers.length)].substring(SCHEME.length())));
    }

    private static String[] headers(List<String> tokens) {
        return tokens.stream().map(token -> SCHEME + token).toArray(String[]::new);
    }
}
