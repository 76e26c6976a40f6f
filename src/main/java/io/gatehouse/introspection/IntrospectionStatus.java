package io.gatehouse.introspection;

/**
 * How asking one issuer is going, at one moment. No I/O: what the last calls found.
 *
 * @param endpoint whether it is asked
 * @param credentialsRejected whether it took our own credentials to be wrong when it was last asked: nobody else can bring
 *     that about, and only we can end it
 * @param remembered answers about live and dead tokens that are kept; an estimate
 */
public record IntrospectionStatus(Endpoint endpoint, boolean credentialsRejected, long remembered) {

    /** Whether the endpoint is asked. */
    public enum Endpoint {
        /** It is. */
        ASKED,
        /** It failed, and one call finds out whether it is back. */
        ON_TRIAL,
        /** It failed, and is left alone for a while: tokens get 503. */
        LEFT_ALONE
    }
}
