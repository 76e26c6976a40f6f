package io.gatehouse.attachment;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the body of a 401 back from the application, which shall see one answer: until it is known whether that is this one
 * or a second one. Nothing is read meanwhile. For one attempt.
 */
final class FirstAttempt<T> implements BodyHandler<T> {

    static final int UNAUTHORIZED = 401;

    private final BodyHandler<T> handler;
    private volatile @Nullable Refusal refusal;

    FirstAttempt(BodyHandler<T> handler) {
        this.handler = handler;
    }

    private record Refusal(ResponseInfo info, Publisher<List<ByteBuffer>> body) {}

    @Override
    @SuppressWarnings("NullAway") // no body, as with BodySubscribers.replacing(null): nobody sees this answer as it is
    public BodySubscriber<T> apply(ResponseInfo info) {
        if (info.statusCode() != UNAUTHORIZED) {
            return handler.apply(info);
        }
        return BodySubscribers.mapping(BodySubscribers.ofPublisher(), body -> {
            refusal = new Refusal(info, body);
            return null;
        });
    }

    boolean isRefused() {
        return refusal != null;
    }

    /** The first answer is the application's after all. */
    CompletionStage<HttpResponse<T>> handOver(HttpResponse<T> response) {
        Refusal kept = refusal;
        if (kept == null) {
            throw new IllegalStateException("nothing was kept back");
        }
        BodySubscriber<T> subscriber;
        try {
            subscriber = handler.apply(kept.info());
        } catch (RuntimeException | Error failed) {
            discard();
            throw failed;
        }
        kept.body().subscribe(subscriber);
        return subscriber.getBody().thenApply(body -> new HandedOver<>(response, body));
    }

    /** Nobody wants it: a body that is left alone would hold its connection. */
    void discard() {
        Refusal kept = refusal;
        if (kept != null) {
            kept.body().subscribe(new Discard());
        }
    }

    /** Refusals are short; of a longer one the connection is not used again, that is all. */
    private static final class Discard implements Subscriber<List<ByteBuffer>> {

        private static final long MOST = 65_536;

        private @Nullable Subscription subscription;
        private long read;

        @Override
        public void onSubscribe(Subscription to) {
            subscription = to;
            to.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            read += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (read > MOST && subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onError(Throwable broken) {}

        @Override
        public void onComplete() {}
    }
}
