package io.gatehouse.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** An introspection endpoint that answers with whatever it was told last, and counts. */
final class ScriptedEndpoint implements TokenIntrospector.Endpoint {

    static final URI URL = URI.create("https://issuer.example/introspect");

    private final AtomicInteger calls = new AtomicInteger();
    private volatile Function<BooleanSupplier, FetchResult> script =
            wanted -> json("{\"active\":true,\"sub\":\"alice\"}");

    /** Settings for it, with a static token. */
    static IntrospectionSettings settings(
            IntrospectionSettings.CacheSettings cache, IntrospectionSettings.Limits limits) {
        return new IntrospectionSettings(
                URL,
                new ClientAuthentication.Bearer(() -> Optional.of("our-own-token"), refused -> false),
                Map.of(),
                null,
                cache,
                limits);
    }

    /** An introspector before such an endpoint, with a bulkhead of its own. */
    static TokenIntrospector introspector(
            IntrospectionSettings settings, TokenIntrospector.Endpoint endpoint, Clock clock) {
        return new TokenIntrospector(
                settings, endpoint, Bulkhead.of(settings.limits().ofThreads(), clock), clock);
    }

    static FetchResult json(String body) {
        return new FetchResult.Ok(body.getBytes(UTF_8), "application/json", null);
    }

    static FetchResult status(int status) {
        return new FetchResult.Refused(status, new byte[0], "", null);
    }

    static FetchResult outage() {
        return new FetchResult.Unreachable("connect timeout");
    }

    void answers(FetchResult result) {
        script = wanted -> result;
    }

    void answers(String json) {
        answers(json(json));
    }

    void does(Supplier<FetchResult> newScript) {
        script = wanted -> newScript.get();
    }

    /** Does something that takes its time, and is told whether anybody still waits for it. */
    void doesWhile(Function<BooleanSupplier, FetchResult> newScript) {
        script = newScript;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public FetchResult post(FormBody form, Map<String, String> headers, BooleanSupplier wanted) {
        calls.incrementAndGet();
        return script.apply(wanted);
    }
}
