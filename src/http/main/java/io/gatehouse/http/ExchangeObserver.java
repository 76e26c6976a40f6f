package io.gatehouse.http;

import java.util.function.Supplier;

/** Stands by while an exchange runs, and lets its result through. Implementations are thread-safe and do not throw. */
@FunctionalInterface
public interface ExchangeObserver {

    /** Runs the exchange, once, on the thread of whoever wants its result. */
    FetchResult observe(Supplier<FetchResult> exchange);

    /** Nobody wants to know. */
    static ExchangeObserver none() {
        return Supplier::get;
    }
}
