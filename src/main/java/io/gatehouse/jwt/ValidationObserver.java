package io.gatehouse.jwt;

/** Is told of each valid token, for figures. Thread-safe; does not throw. */
@FunctionalInterface
public interface ValidationObserver {

    /**
     * A token of this issuer is valid.
     *
     * @param remembered whether that was known from before, and nothing had to be verified or asked
     */
    void validated(String issuer, boolean remembered);
}
