package io.gatehouse.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which way a token goes. */
enum ValidationMode {
    /** Signed tokens, verified here. */
    JWT,
    /** The authorization server is asked about every token. */
    INTROSPECTION,
    /** Well-formed JWTs of the trusted issuer are verified here, and the server is asked about everything else. */
    AUTO,
    /** Verified here, and then the server is asked whether it has revoked the token. */
    BOTH;

    boolean verifiesHere() {
        return this != INTROSPECTION;
    }

    boolean asks() {
        return this != JWT;
    }

    static Optional<ValidationMode> named(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
