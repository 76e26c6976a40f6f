package io.gatehouse.metrics;

import io.gatehouse.http.ExchangeObserver;
import io.gatehouse.http.FetchResult;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Measures each exchange of one kind on one account. Thread-safe. */
final class CallTimer implements ExchangeObserver {

    private final Supplier<Call> begin;
    private final Set<Integer> answers;
    private final LongSupplier nanoTime;

    CallTimer(Supplier<Call> begin, Set<Integer> answers, LongSupplier nanoTime) {
        this.begin = begin;
        this.answers = Set.copyOf(answers);
        this.nanoTime = nanoTime;
    }

    @Override
    public FetchResult observe(Function<Map<String, String>, FetchResult> exchange) {
        long begun = nanoTime.getAsLong();
        Call call = begin.get();
        CallOutcome outcome = CallOutcome.UNREACHABLE;
        try {
            FetchResult result = exchange.apply(call.headers());
            outcome = CallOutcome.of(result, answers);
            return result;
        } finally {
            call.end(outcome, Duration.ofNanos(nanoTime.getAsLong() - begun));
        }
    }
}
