package io.gatehouse.http;

import java.util.Map;
import java.util.function.Function;

/** Stands by while an exchange runs, and lets its result through. Implementations are thread-safe and do not throw. */
@FunctionalInterface
public interface ExchangeObserver {

    /**
     * Runs the exchange, once, on the thread of whoever wants its result.
     *
     * @param exchange takes headers to send along; those of whoever makes the request come first, and what no request can
     *     carry is left out
     */
    FetchResult observe(Function<Map<String, String>, FetchResult> exchange);

    /** Nobody wants to know. */
    static ExchangeObserver none() {
        return exchange -> exchange.apply(Map.of());
    }
}
