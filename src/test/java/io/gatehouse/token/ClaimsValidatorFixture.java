package io.gatehouse.token;

import static io.gatehouse.testing.TestTokens.AUDIENCE;
import static io.gatehouse.testing.TestTokens.CLOCK;
import static io.gatehouse.testing.TestTokens.ISSUER;
import static io.gatehouse.testing.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The claims of one valid token and what is asked of them, to change one thing of. */
abstract class ClaimsValidatorFixture {

    static final AccessToken TOKEN = AccessToken.of("header.payload.signature");
    static final long SECOND = NOW.getEpochSecond();

    final Map<String, String> claims = TestTokens.validClaims();
    Settings settings = new Settings();

    /** The policy of {@link TestTokens#policy}, one thing changed. */
    static final class Settings {
        AudienceRule audience = new AudienceRule.OneOf(Set.of(AUDIENCE));
        Duration expirySkew = Duration.ZERO;
        Duration startSkew = Duration.ZERO;
        Duration maximumAge;
        Set<String> required = Set.of("iss", "aud", "exp", "iat");
        List<String> callerNames = List.of("upn", "preferred_username", "sub");
        String clientPrefix = "";
        boolean senderConstraintIgnored;
        Map<String, Set<String>> requiredValues = Map.of();
        KindRule kinds = KindRule.accessTokens();

        ClaimsPolicy policy() {
            return new ClaimsPolicy(
                    new TrustedIssuer("default", ISSUER),
                    audience,
                    expirySkew,
                    startSkew,
                    maximumAge,
                    required,
                    requiredValues,
                    callerNames,
                    clientPrefix,
                    senderConstraintIgnored,
                    kinds);
        }
    }

    TokenValidationResult validate(Clock clock, Authenticity.Check check) {
        ClaimsSet set = ClaimsSet.of(TestJson.parse(TestJson.object(claims)));
        return new ClaimsValidator(settings.policy(), clock).validate(TOKEN, set, check);
    }

    TokenValidationResult validate() {
        return validate(CLOCK, Authenticity.Genuine::new);
    }

    void assertValid() {
        assertThat(validate()).isInstanceOf(TokenValidationResult.Valid.class);
    }

    void assertRefused(InvalidTokenReason reason) {
        assertThat(validate()).isEqualTo(new TokenValidationResult.Invalid(reason));
    }

    /** Writes the JSON value; the word {@code absent} takes the claim away. */
    void claim(String name, String json) {
        if (json.equals("absent")) {
            claims.remove(name);
        } else {
            claims.put(name, json);
        }
    }

    /** A JSON number so many seconds (with a fraction or without) from now. */
    static String fromNow(String seconds) {
        return new java.math.BigDecimal(seconds)
                .add(java.math.BigDecimal.valueOf(SECOND))
                .toPlainString();
    }
}
