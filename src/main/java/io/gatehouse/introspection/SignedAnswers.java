package io.gatehouse.introspection;

import io.gatehouse.jwt.SignedJwtVerifier;
import java.util.Objects;

/**
 * How signed answers (RFC 9701) are verified.
 *
 * @param verifier knows the authorization server's keys
 * @param issuer the {@code iss} that an answer has to have
 * @param audience our own client id at that server: the {@code aud} that an answer has to have
 */
public record SignedAnswers(SignedJwtVerifier verifier, String issuer, String audience) {
    public SignedAnswers {
        Objects.requireNonNull(verifier);
        Objects.requireNonNull(issuer);
        Objects.requireNonNull(audience);
    }
}
