package io.gatehouse.introspection;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.ClientAuthentication;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one authorization server is asked.
 *
 * @param endpoint its introspection endpoint; redirects from there are never followed
 * @param authentication how we prove who we are
 * @param parameters further form parameters, such as {@code include=identity_set}
 * @param signedAnswers how signed answers (RFC 9701) are verified, or null where plain JSON is asked for
 * @param cache how long answers are remembered
 * @param limits what a slow or broken server may cost
 * @param properties how the names of the properties begin that say all this: for the log
 */
public record IntrospectionSettings(
        URI endpoint,
        ClientAuthentication authentication,
        Map<String, String> parameters,
        @Nullable SignedAnswers signedAnswers,
        CacheSettings cache,
        Limits limits,
        String properties) {

    public IntrospectionSettings {
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(authentication);
        parameters = Map.copyOf(parameters);
    }

    /** Those of an application with one issuer. */
    public IntrospectionSettings(
            URI endpoint,
            ClientAuthentication authentication,
            Map<String, String> parameters,
            @Nullable SignedAnswers signedAnswers,
            CacheSettings cache,
            Limits limits) {
        this(endpoint, authentication, parameters, signedAnswers, cache, limits, "gatehouse.introspection.");
    }

    /**
     * How long answers are remembered.
     *
     * @param lifetime of an answer about a live token, never past its {@code exp}; zero remembers none
     * @param maximumSize live tokens remembered
     * @param deadLifetime of the answer that a token is not active; zero remembers none
     * @param deadMaximumSize dead tokens remembered, apart from the live ones so that a flood cannot push those out
     * @param staleIfError how much longer an answer is used while the server is out of reach, never past {@code exp}
     */
    public record CacheSettings(
            Duration lifetime, long maximumSize, Duration deadLifetime, long deadMaximumSize, Duration staleIfError) {

        /** 30 s for 10,000 live tokens, 10 s for 10,000 dead ones, nothing stale. */
        public static CacheSettings defaults() {
            return new CacheSettings(Duration.ofSeconds(30), 10_000, Duration.ofSeconds(10), 10_000, Duration.ZERO);
        }
    }

    /**
     * What a slow or broken server may cost.
     *
     * @param maximumConcurrency calls under way at once; a further one waits for a second at most
     * @param stalledAfter how long no call may be answered until hardly anybody waits for the server any more
     * @param failureThreshold calls in a row that fail before the server is left alone
     * @param pause how long it is left alone, and what {@code Retry-After} says
     */
    public record Limits(int maximumConcurrency, Duration stalledAfter, int failureThreshold, Duration pause) {

        /** 100 calls, 1.5 s, 5 failures, 5 s. */
        public static Limits defaults() {
            return new Limits(100, Duration.ofMillis(1500), 5, Duration.ofSeconds(5));
        }

        /** What of it a bulkhead keeps. */
        Bulkhead.Limits ofThreads() {
            return new Bulkhead.Limits(maximumConcurrency, stalledAfter, pause);
        }
    }
}
