package io.gatehouse.metrics;

import io.gatehouse.http.FetchResult;

/** What came of a call, as far as HTTP can tell: what the answer means is for others to say. */
public enum CallOutcome {
    /** It was answered with 200. */
    OK("ok"),
    /** It was answered with another status. */
    REFUSED("refused"),
    /** No answer came, or none that can be used. */
    UNREACHABLE("unreachable");

    private final String label;

    CallOutcome(String label) {
        this.label = label;
    }

    /** As figures are labelled with it. */
    public String label() {
        return label;
    }

    static CallOutcome of(FetchResult result) {
        return result.match(ok -> OK, refused -> REFUSED, unreachable -> UNREACHABLE);
    }
}
