package io.gatehouse.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One thing for each issuer, made when it is first wanted. Thread-safe. */
final class PerIssuer<T> {

    private final Function<String, T> maker;
    private final Map<String, T> issuers = new ConcurrentHashMap<>();

    PerIssuer(Function<String, T> maker) {
        this.maker = maker;
    }

    T get(String issuer) {
        T known = issuers.get(issuer);
        return known == null ? issuers.computeIfAbsent(issuer, maker) : known;
    }
}
