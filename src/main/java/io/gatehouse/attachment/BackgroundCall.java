package io.gatehouse.attachment;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A call that nobody waits for, with its second attempt. To cancel its future ends the exchange that is under way. */
final class BackgroundCall<T> {

    private final HttpClient client;
    private final AuthorizedRequest request;
    private final BodyHandler<T> handler;
    private final @Nullable PushPromiseHandler<T> pushes;
    private final Executor threads;
    private volatile boolean cancelled;
    private volatile @Nullable Future<?> underWay;

    /** @param threads wait for tokens */
    BackgroundCall(
            HttpClient client,
            AuthorizedRequest request,
            BodyHandler<T> handler,
            @Nullable PushPromiseHandler<T> pushes,
            Executor threads) {
        this.client = client;
        this.request = request;
        this.handler = handler;
        this.pushes = pushes;
        this.threads = threads;
    }

    CompletableFuture<HttpResponse<T>> start() {
        CompletableFuture<HttpResponse<T>> answer =
                CompletableFuture.supplyAsync(request::header, threads).thenCompose(this::attempt);
        var unused = answer.whenComplete((response, failure) -> {
            if (answer.isCancelled()) {
                cancel();
            }
        });
        return answer;
    }

    private void cancel() {
        cancelled = true;
        Future<?> exchange = underWay;
        if (exchange != null) {
            exchange.cancel(true);
        }
    }

    private CompletableFuture<HttpResponse<T>> attempt(Optional<String> header) {
        if (!request.isRepeatable(header)) {
            return exchange(request.with(header), handler);
        }
        FirstAttempt<T> first = new FirstAttempt<>(handler);
        return exchange(request.with(header), first)
                .thenComposeAsync(
                        response -> first.isRefused()
                                ? afterRefusal(first, response, header)
                                : CompletableFuture.completedFuture(response),
                        threads);
    }

    private CompletionStage<HttpResponse<T>> afterRefusal(
            FirstAttempt<T> first, HttpResponse<T> response, Optional<String> refused) {
        boolean isFinal = false;
        try {
            isFinal = !cancelled && !request.hasAnotherHeader(refused);
        } finally {
            if (!isFinal) {
                first.discard();
            }
        }
        return isFinal ? first.handOver(response) : exchange(request.with(request.header()), handler);
    }

    private CompletableFuture<HttpResponse<T>> exchange(HttpRequest made, BodyHandler<T> by) {
        if (cancelled) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        CompletableFuture<HttpResponse<T>> exchange = client.sendAsync(made, by, pushes);
        underWay = exchange;
        if (cancelled) { // between the two lines before
            exchange.cancel(true);
        }
        return exchange;
    }
}
