package io.gatehouse.permission;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.permission.PermissionSettings.CacheSettings;
import io.gatehouse.permission.PermissionSettings.Limits;
import io.gatehouse.permission.PermissionSettings.Provider;
import io.gatehouse.permission.PermissionSettings.RoleLookup;
import io.gatehouse.permission.PermissionSettings.Subjects;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** A server on loopback, and everything that stands before it, on a clock that the test moves. */
final class TestServer implements AutoCloseable {

    static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(30);

    final RecordingServer recording;
    final MutableClock clock = new MutableClock();
    final PermissionServer server;

    /** Nothing listens there. */
    static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final JsonHttpClient client;

    TestServer(Provider provider, Function<RecordingServer.Request, Answer> script) {
        this(provider, new Asker.TheCaller(), Duration.ZERO, script);
    }

    TestServer(Provider provider, Asker asker, Duration lifetime, Function<RecordingServer.Request, Answer> script) {
        recording = new RecordingServer(script);
        client = JsonHttpClient.create(HttpSettings.defaults()
                .withTimeouts(TOTAL_TIMEOUT, TOTAL_TIMEOUT, TOTAL_TIMEOUT)
                .withMaximumResponseSize(10_000));
        server = PermissionServer.of(
                settings(provider, recording.uri("/base/"), asker, lifetime),
                PermissionServer.over(client),
                new Bulkhead(limits().ofThreads(), 2, clock),
                retries(provider == Provider.AUTHRESS ? Authress.ATTEMPTS : AuthZen.ATTEMPTS, clock),
                clock);
    }

    static PermissionSettings settings(Provider provider, URI url, Asker asker, Duration lifetime) {
        return new PermissionSettings(
                provider,
                url,
                asker,
                new Subjects(Set.of(Callers.ISSUER, Callers.OTHER_ISSUER), "sub", "user"),
                "resource",
                new CacheSettings(lifetime, 100),
                limits(),
                provider == Provider.AUTHRESS ? new RoleLookup("apps/orders", Duration.ofSeconds(30)) : null);
    }

    static Limits limits() {
        return Limits.within(Duration.ofSeconds(10));
    }

    /** Pauses move the clock, and take no time. */
    static RetryPolicy retries(int attempts, MutableClock clock) {
        return new RetryPolicy(attempts, Duration.ofSeconds(10), clock, clock::advance, () -> 1);
    }

    PermissionDecision decide(String caller, String resource, String action) {
        return server.decider().decide(Callers.named(caller), Permission.of(resource, action));
    }

    @Override
    public void close() {
        client.close();
        recording.close();
    }
}
