package io.gatehouse.mpjwt;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TrustedIssuer;
import io.gatehouse.token.ValidatedToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Validated tokens of alice, whose further claims a test gives as the rest of a JSON object. */
final class Tokens {

    static final String RAW = "header.secret-payload.signature";

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final ClaimsPolicy POLICY = new ClaimsPolicy(
            new TrustedIssuer("default", "https://issuer.example"),
            new AudienceRule.Any(),
            Duration.ZERO,
            Duration.ZERO,
            null,
            Set.of(),
            List.of("upn"),
            "",
            true);

    private Tokens() {}

    static CallerJsonWebToken with(String... members) {
        return (CallerJsonWebToken) CallerJsonWebToken.of(validated(RAW, members), Set.of("user"));
    }

    static ValidatedToken validated(String raw, String... members) {
        String json = "{\"iss\":\"https://issuer.example\",\"upn\":\"alice\",\"iat\":1799999990,\"exp\":1800000300"
                + (members.length == 0 ? "" : "," + String.join(",", members)) + "}";
        TokenValidationResult result = new ClaimsValidator(POLICY, Clock.fixed(NOW, ZoneOffset.UTC))
                .validate(AccessToken.of(raw), claims(json), Authenticity.Genuine::new);
        return ((TokenValidationResult.Valid) result).token();
    }

    private static ClaimsSet claims(String json) {
        JsonParseResult result = JsonParser.parseObject(json.getBytes(StandardCharsets.UTF_8));
        return ClaimsSet.of(((JsonParseResult.Parsed) result).members());
    }
}
