package io.gatehouse.outbound;

import io.gatehouse.http.JsonHttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;

/** Makes token clients. */
public final class TokenClients {

    private TokenClients() {}

    /**
     * A client with these settings; no I/O here.
     *
     * @param http its total timeout bounds each single exchange, and should not be shorter than the timeout of the settings
     * @param executor runs the asynchronous forms, each of which holds a thread until it has its answer
     */
    public static TokenClient create(
            TokenClientSettings settings, JsonHttpClient http, Clock clock, Executor executor) {
        return create(settings, new EndpointClients(http, http, http), clock, executor);
    }

    /** The same with a client for each endpoint. */
    public static TokenClient create(
            TokenClientSettings settings, EndpointClients http, Clock clock, Executor executor) {
        return new HttpTokenClient(settings, EndpointCaller.of(settings, http, clock), clock, executor);
    }
}
