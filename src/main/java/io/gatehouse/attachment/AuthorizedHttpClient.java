package io.gatehouse.attachment;

import io.gatehouse.outbound.Authorizer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HttpClient} whose requests to certain origins carry an authorizer's header. Thread-safe.
 *
 * <p>A 401 is answered by one renewal and one more attempt, where there is no body, or one that can be sent twice: an empty
 * one, or one of {@code BodyPublishers.ofString}, {@code ofByteArray} and {@code ofFile}. Whatever comes then is the
 * caller's; of two answers his {@code BodyHandler} sees the second only. Requests with an {@code Authorization} of their own
 * are sent as they are. Where no token can be had, {@link io.gatehouse.outbound.TokenException}. Web sockets get no header.
 *
 * <p>It has nothing of its own to close. Where {@code HttpClient} can be closed and shut down (Java 21), do that to the
 * client that this one was made of.
 */
public final class AuthorizedHttpClient extends HttpClient {

    private final HttpClient client;
    private final BoundAuthorizer authorizer;

    private AuthorizedHttpClient(HttpClient client, BoundAuthorizer authorizer) {
        this.client = client;
        this.authorizer = authorizer;
    }

    /** This client, with the header of a configured client; see {@link #of(HttpClient, Authorizer, AuthorizedOrigins)}. */
    public static HttpClient of(HttpClient client, OutboundClient outbound) {
        return of(client, outbound.authorizer(), outbound.origins());
    }

    /**
     * This client, with the header of any authorizer, for these origins.
     *
     * @throws IllegalArgumentException where the client follows redirects: it would take the header along to any host
     */
    public static HttpClient of(HttpClient client, Authorizer authorizer, AuthorizedOrigins origins) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "this client follows redirects, and would take tokens along: build it with Redirect.NEVER");
        }
        return new AuthorizedHttpClient(client, BoundAuthorizer.of(authorizer, origins));
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        AuthorizedRequest authorized = new AuthorizedRequest(request, authorizer);
        Optional<String> header = authorized.header();
        if (!authorized.isRepeatable(header)) {
            return client.send(authorized.with(header), handler);
        }
        FirstAttempt<T> first = new FirstAttempt<>(handler);
        HttpResponse<T> response = client.send(authorized.with(header), first);
        if (!first.isRefused()) {
            return response;
        }
        boolean isFinal = false;
        try {
            isFinal = !authorized.hasAnotherHeader(header);
        } finally {
            if (!isFinal) {
                first.discard();
            }
        }
        return isFinal ? result(first.handOver(response)) : client.send(authorized.with(authorized.header()), handler);
    }

    private static <T> T result(CompletionStage<T> answer) throws IOException, InterruptedException {
        try {
            return answer.toCompletableFuture().get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    /**
     * Tokens are waited for in the client's executor. That is not the caller's thread, so whose call it is has to be known
     * before. To cancel the future ends the exchange.
     */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        AuthorizedRequest callers = new AuthorizedRequest(request, authorizer.forCaller());
        Executor threads = client.executor().orElseGet(ForkJoinPool::commonPool);
        return new BackgroundCall<>(client, callers, handler, pushes, threads).start();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }
}
