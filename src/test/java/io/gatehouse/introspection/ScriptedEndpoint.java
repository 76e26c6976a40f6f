package io.gatehouse.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An introspection endpoint that answers with whatever it was told last, and counts. */
final class ScriptedEndpoint implements TokenIntrospector.Endpoint {

    static final URI URL = URI.create("https://issuer.example/introspect");

    private final AtomicInteger calls = new AtomicInteger();
    private volatile Supplier<FetchResult> script = () -> json("{\"active\":true,\"sub\":\"alice\"}");

    /** Settings for it, with a static token. */
    static IntrospectionSettings settings(
            IntrospectionSettings.CacheSettings cache, IntrospectionSettings.Limits limits) {
        return new IntrospectionSettings(
                URL,
                new ClientAuthentication.Bearer(() -> Optional.of("our-own-token"), () -> {}),
                Map.of(),
                null,
                cache,
                limits);
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
        script = () -> result;
    }

    void answers(String json) {
        answers(json(json));
    }

    void does(Supplier<FetchResult> newScript) {
        script = newScript;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public FetchResult post(FormBody form, Map<String, String> headers) {
        calls.incrementAndGet();
        return script.get();
    }
}
