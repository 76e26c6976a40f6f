package io.gatehouse.permission;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TrustedIssuer;
import io.gatehouse.token.ValidatedToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Callers with tokens of their own. */
final class Callers {

    /** What the configuration calls their issuer. */
    static final String ISSUER = "staff";

    /** Another one whose callers the server knows. */
    static final String OTHER_ISSUER = "guests";

    private Callers() {}

    /** A caller of this {@code sub}, whose token is {@code token.of.<sub>}. */
    static ValidatedToken named(String subject) {
        return of(ISSUER, "token.of." + subject.replaceAll("[^a-z]", ""), TestJson.quote(subject));
    }

    /** A caller of another issuer, or with another token, or with something else than a string for {@code sub}. */
    static ValidatedToken of(String issuer, String token, String subject) {
        Map<String, String> claims = TestTokens.validClaims();
        claims.put("sub", subject);
        ClaimsPolicy policy = new ClaimsPolicy(
                new TrustedIssuer(issuer, TestTokens.ISSUER),
                new AudienceRule.OneOf(Set.of(TestTokens.AUDIENCE)),
                Duration.ZERO,
                Duration.ZERO,
                null,
                Set.of("iss", "exp"),
                List.of("upn"),
                "",
                false);
        return new ClaimsValidator(policy, TestTokens.CLOCK)
                .validate(
                        AccessToken.of(token),
                        ClaimsSet.of(TestJson.parse(TestJson.object(claims))),
                        Authenticity.Genuine::new)
                .match(TokenValidationResult.Valid::token, Callers::notValid, Callers::notValid);
    }

    private static ValidatedToken notValid(TokenValidationResult result) {
        throw new AssertionError(result);
    }
}
