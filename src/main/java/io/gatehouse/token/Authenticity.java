package io.gatehouse.token;

import java.time.Duration;

/** Whether claims really come from the issuer that they name: what a signature or the issuer itself can tell. */
public sealed interface Authenticity {

    /**
     * The issuer stands behind the claims.
     *
     * @param introspected whether it said so when it was asked, rather than by its signature
     */
    record Genuine(boolean introspected) implements Authenticity {

        /** By its signature. */
        public Genuine() {
            this(false);
        }
    }

    /** Nobody stands behind the claims, or somebody who is not trusted. */
    record NotGenuine(InvalidTokenReason reason) implements Authenticity {}

    /** What is needed to tell, is out of reach. */
    record Unknown(Duration retryAfter) implements Authenticity {}

    /** Finds out. Called at most once per token, and only when the claims alone are no reason to refuse. */
    @FunctionalInterface
    interface Check {
        Authenticity check();
    }
}
