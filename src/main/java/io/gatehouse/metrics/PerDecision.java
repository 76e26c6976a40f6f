package io.gatehouse.metrics;

import static java.util.Objects.requireNonNull;

import io.gatehouse.refusal.RefusalCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One thing for each issuer and code, made when it is first wanted: after that, a decision makes nothing. There are as many
 * as issuers in the configuration times codes, at most. Thread-safe.
 */
final class PerDecision<T> {

    static final String ACCEPTED = "accepted";

    private final BiFunction<String, String, T> maker;
    private final PerIssuer<T> accepted;
    private final PerIssuer<Map<RefusalCode, T>> refused = new PerIssuer<>(issuer -> new ConcurrentHashMap<>());

    /** @param maker is given the issuer and the text of the code, or {@value #ACCEPTED} */
    PerDecision(BiFunction<String, String, T> maker) {
        this.maker = maker;
        this.accepted = new PerIssuer<>(issuer -> maker.apply(issuer, ACCEPTED));
    }

    T get(String issuer, @Nullable RefusalCode code) {
        if (code == null) {
            return accepted.get(issuer);
        }
        Map<RefusalCode, T> codes = refused.get(issuer);
        T known = codes.get(code);
        return known == null ? requireNonNull(codes.computeIfAbsent(code, c -> maker.apply(issuer, c.text()))) : known;
    }
}
