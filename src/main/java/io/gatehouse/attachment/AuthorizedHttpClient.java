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
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HttpClient} whose requests to certain origins carry an authorizer's header. Thread-safe.
 *
 * <p>A 401 is answered by one renewal and one more attempt, where the body has a known length (all of {@code BodyPublishers}
 * but {@code ofInputStream} and {@code fromPublisher}); whatever comes then is the caller's. Requests with an {@code
 * Authorization} of their own are sent as they are. Where no token can be had, {@link
 * io.gatehouse.outbound.TokenException}. Web sockets get no header.
 */
public final class AuthorizedHttpClient extends HttpClient {

    private static final String AUTHORIZATION = "Authorization";
    private static final int UNAUTHORIZED = 401;

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
        Optional<String> header = header(authorizer, request);
        HttpResponse<T> response = client.send(with(header, request), handler);
        if (!hasAnother(authorizer, response, request, header)) {
            return response;
        }
        release(response.body());
        return client.send(with(header(authorizer, request), request), handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    /** Tokens are waited for in the client's executor, which is not the caller's thread: whose call it is has to be known before. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        BoundAuthorizer callers = authorizer.forCaller();
        Executor threads = client.executor().orElseGet(ForkJoinPool::commonPool);
        return CompletableFuture.supplyAsync(() -> header(callers, request), threads)
                .thenCompose(header -> client.sendAsync(with(header, request), handler, pushes)
                        .thenComposeAsync(
                                response -> hasAnother(callers, response, request, header)
                                        ? sendAgain(callers, response, request, handler, pushes)
                                        : CompletableFuture.completedFuture(response),
                                threads));
    }

    private <T> CompletableFuture<HttpResponse<T>> sendAgain(
            BoundAuthorizer callers,
            HttpResponse<T> first,
            HttpRequest request,
            BodyHandler<T> handler,
            @Nullable PushPromiseHandler<T> pushes) {
        release(first.body());
        return client.sendAsync(with(header(callers, request), request), handler, pushes);
    }

    /** Empty also where the application speaks for itself. */
    private static Optional<String> header(BoundAuthorizer authorizer, HttpRequest request) {
        return request.headers().map().containsKey(AUTHORIZATION)
                ? Optional.empty()
                : authorizer.authorization(request.uri());
    }

    private static HttpRequest with(Optional<String> header, HttpRequest request) {
        return header.map(value -> HttpRequest.newBuilder(request, (name, other) -> true)
                        .setHeader(AUTHORIZATION, value)
                        .build())
                .orElse(request);
    }

    private static boolean hasAnother(
            BoundAuthorizer authorizer, HttpResponse<?> response, HttpRequest request, Optional<String> sent) {
        return response.statusCode() == UNAUTHORIZED
                && sent.isPresent()
                && request.bodyPublisher()
                        .map(body -> body.contentLength() >= 0)
                        .orElse(true)
                && authorizer.hasAnotherHeader(request.uri(), sent.get());
    }

    /** A stream nobody will read holds its connection. */
    private static void release(@Nullable Object body) {
        if (body instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception closedAlready) {
                return; // whatever is the matter with it, it is not the answer that counts
            }
        }
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
