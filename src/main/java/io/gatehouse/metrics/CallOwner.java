package io.gatehouse.metrics;

/**
 * On whose account a call is made.
 *
 * @param metric what such calls are counted as
 * @param label what figures call this kind of owner
 * @param name what the configuration calls this one
 */
record CallOwner(Metric metric, String label, String name) {

    /** We want to know something about tokens of this issuer. */
    static CallOwner issuer(String name) {
        return new CallOwner(Metric.CALLS, "issuer", name);
    }

    /** This client of ours wants a token, or to know something about one, or about a permission. */
    static CallOwner client(String name) {
        return new CallOwner(Metric.CLIENT_CALLS, "client", name);
    }
}
