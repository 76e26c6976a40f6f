package io.gatehouse.metrics;

import java.util.List;

/** Everything that is measured. A name keeps its meaning: dashboards and alerts rest on it. */
public enum Metric {
    DECISIONS("gatehouse.decisions", Kind.COUNTER, "", "Tokens that were let in, and requests that were refused"),
    VALIDATIONS(
            "gatehouse.validations",
            Kind.COUNTER,
            "",
            "Valid tokens, by whether they were remembered (warm) or had to be looked into (cold)"),
    CALLS("gatehouse.calls", Kind.TIMER, "seconds", "Calls to authorization servers"),
    CLIENT_CALLS(
            "gatehouse.client.calls",
            Kind.TIMER,
            "seconds",
            "Calls of the application's own clients to authorization servers, and questions about permissions"),
    KEYS("gatehouse.jwks.keys", Kind.GAUGE, "", "Keys of the issuer that are known now"),
    KEYS_AGE("gatehouse.jwks.age", Kind.GAUGE, "seconds", "Time since the oldest key set of the issuer was asked for"),
    KEYS_UNREACHABLE(
            "gatehouse.jwks.unreachable", Kind.GAUGE, "", "Key sets that could not be read at the last attempt"),
    BREAKER(
            "gatehouse.introspection.breaker",
            Kind.GAUGE,
            "",
            "Whether the introspection endpoint is asked: 0 yes, 1 on trial, 2 no, it is left alone after failing"),
    CACHE_ENTRIES(
            "gatehouse.introspection.cache.entries",
            Kind.GAUGE,
            "",
            "Answers of the introspection endpoint that are remembered"),
    CACHES("gatehouse.cache.entries", Kind.GAUGE, "", "What else is remembered, by kind");

    /** How it is measured. */
    public enum Kind {
        /** It only grows. */
        COUNTER,
        /** How often, and how long each time. */
        TIMER,
        /** How it is at the moment. */
        GAUGE
    }

    private final String text;
    private final Kind kind;
    private final String unit;
    private final String description;

    Metric(String text, Kind kind, String unit, String description) {
        this.text = text;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
    }

    /** The name itself, such as {@code gatehouse.decisions}. */
    public String text() {
        return text;
    }

    public Kind kind() {
        return kind;
    }

    /** Of the figure; empty where it is a number of something. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** What Prometheus calls it, and a server's {@code /metrics}. */
    public List<String> prometheusNames() {
        String name = text.replace('.', '_');
        return switch (kind) {
            case COUNTER -> List.of(name + "_total");
            case TIMER -> List.of(name + "_seconds_count", name + "_seconds_sum");
            case GAUGE -> List.of(unit.isEmpty() ? name : name + "_" + unit);
        };
    }
}
