package io.gatehouse.explanation;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Puts a refusal into words. Implementations are thread-safe and ask nobody: no I/O. */
@FunctionalInterface
public interface Explainer {

    /** Why, and what to change. */
    Explanation explain(Refusal refusal, RefusedRequest request);

    /** What the configuration calls the issuer that the request's token names; null where it trusts none of that name. */
    default @Nullable String issuerName(RefusedRequest request) {
        return null;
    }

    /** Says what the code means, and nothing about the request. */
    static Explainer ofCodes() {
        return (refusal, request) -> plain(refusal.code());
    }

    /** What is known of a code alone. */
    static Explanation plain(RefusalCode code) {
        return new Explanation(code.meaning(), code.remedy(), "", null);
    }
}
