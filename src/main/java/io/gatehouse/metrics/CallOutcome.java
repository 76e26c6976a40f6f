package io.gatehouse.metrics;

import io.gatehouse.http.FetchResult;
import java.util.Set;

/** What came of a call, as far as HTTP can tell: what the answer means is for others to say. */
public enum CallOutcome {
    /** It was answered with 200, or with another status that is an answer to what was asked. */
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

    /** With these statuses besides 200 as answers. */
    static CallOutcome of(FetchResult result, Set<Integer> answers) {
        return result.match(
                ok -> OK, refused -> answers.contains(refused.status()) ? OK : REFUSED, unreachable -> UNREACHABLE);
    }
}
