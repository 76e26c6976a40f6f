package io.gatehouse.permission;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.ClientAuthentication;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the server that decides about permissions is asked.
 *
 * @param provider what it speaks
 * @param url where its paths begin; without query
 * @param asker whose token it gets
 * @param subjects whose callers it knows, and by which name
 * @param resourceType what kind of thing a resource is, where the permission does not say it
 * @param cache how long decisions are remembered
 * @param limits what a slow or broken server may cost
 * @param roles which roles are read from it; null for none
 */
public record PermissionSettings(
        Provider provider,
        URI url,
        Asker asker,
        Subjects subjects,
        String resourceType,
        CacheSettings cache,
        Limits limits,
        @Nullable RoleLookup roles) {

    public PermissionSettings {
        Objects.requireNonNull(url);
        if (roles != null && provider != Provider.AUTHRESS) {
            throw new IllegalArgumentException("AuthZEN has no roles");
        }
    }

    /** What the server speaks. */
    public enum Provider {
        /** The API of Authress. */
        AUTHRESS,
        /** The Authorization API 1.0 of the OpenID Foundation. */
        AUTHZEN;

        /** The statuses besides 200 by which it answers a question. */
        public Set<Integer> answers() {
            return this == AUTHRESS ? Set.of(Authress.NO) : Set.of();
        }
    }

    /** Whose token goes with a question: never kept, but in the cache as a hash. */
    public sealed interface Asker {

        /** The caller's own, of the very request that the question is about. */
        record TheCaller() implements Asker {}

        /** This application's. */
        record TheService(ClientAuthentication authentication) implements Asker {}
    }

    /**
     * The callers that the server knows.
     *
     * @param issuers the names of the issuers whose callers it knows: another's caller could have the same name
     * @param claim the claim that names a caller there
     * @param type what kind of caller that is, for AuthZEN
     */
    public record Subjects(Set<String> issuers, String claim, String type) {
        public Subjects {
            issuers = Set.copyOf(issuers);
        }
    }

    /**
     * How long decisions are remembered.
     *
     * @param lifetime zero remembers none
     */
    public record CacheSettings(Duration lifetime, long maximumSize) {

        /** Nothing. */
        public static CacheSettings off() {
            return new CacheSettings(Duration.ZERO, 10_000);
        }
    }

    /**
     * What a slow or broken server may cost.
     *
     * @param maximumConcurrency calls under way at once; a further one waits for a second at most
     * @param stalledAfter how long no call may be answered until hardly anybody waits for the server any more
     * @param failureThreshold questions in a row that fail before the server is left alone
     * @param pause how long it is left alone, and what {@code Retry-After} says
     * @param deadline how long one question may take, with all its attempts
     */
    public record Limits(
            int maximumConcurrency, Duration stalledAfter, int failureThreshold, Duration pause, Duration deadline) {

        /** 100 calls, 1.5 s, 5 failures, 5 s. */
        public static Limits within(Duration deadline) {
            return new Limits(100, Duration.ofMillis(1500), 5, Duration.ofSeconds(5), deadline);
        }

        /** What of it a bulkhead keeps. */
        Bulkhead.Limits ofThreads() {
            return new Bulkhead.Limits(maximumConcurrency, stalledAfter, pause);
        }
    }

    /**
     * Roles that callers have on one resource.
     *
     * @param resource the resource
     * @param lifetime how long the roles of a caller are remembered
     */
    public record RoleLookup(String resource, Duration lifetime) {}
}
