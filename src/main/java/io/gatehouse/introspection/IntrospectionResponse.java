package io.gatehouse.introspection;

import io.gatehouse.token.ClaimsSet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the authorization server said about a token, or why it said nothing. */
sealed interface IntrospectionResponse {

    /** The token is alive, and these are its claims. They are still to pass the gate. */
    record Active(ClaimsSet claims) implements IntrospectionResponse {}

    /** The token is dead, or never was (RFC 7662 §2.2). */
    record Inactive() implements IntrospectionResponse {}

    /** The server does not let us ask: our fault, never the caller's. */
    record ClientRejected(int status) implements IntrospectionResponse {}

    /**
     * The server does not like this one request. Whoever sent us the token may have brought that about, so it says
     * nothing about the server's health.
     */
    record RequestRefused(int status) implements IntrospectionResponse {}

    /** The server was not asked, for a reason of our own that says nothing about its health. */
    record NotAsked(String problem) implements IntrospectionResponse {}

    /** An outage: no answer, or one that says nothing. */
    record Failed(String problem, @Nullable Duration retryAfter) implements IntrospectionResponse {

        /** Nobody has an answer, so nobody else waits for one. */
        static Failed silent() {
            return new Failed("it has not answered anybody for a while", null);
        }
    }
}
