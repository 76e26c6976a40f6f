package io.gatehouse.outbound;

import io.gatehouse.http.FormBody;
import io.gatehouse.jwt.JwtSigner;
import io.gatehouse.outbound.TokenClientSettings.AssertionForm;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.outbound.TokenEndpoints.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the request of the user grant (RFC 7523 §2.1) with an assertion that is good for this one request. Thread-safe. */
final class AssertionSigner {

    private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final Duration BAIKAL_LIFETIME = Duration.ofHours(1);

    private final Assertions settings;
    private final SigningKeys keys;
    private final Clock clock;

    private AssertionSigner(Assertions settings, SigningKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /** Null where nothing is configured to sign with. */
    static @Nullable AssertionSigner of(TokenClientSettings settings, Clock clock) {
        return settings.assertions() == null || settings.signingKeys() == null
                ? null
                : new AssertionSigner(settings.assertions(), settings.signingKeys(), clock);
    }

    FormBody form(UserAssertion assertion, TokenRequest request, Target target) {
        return FormBody.empty()
                .with("grant_type", GRANT_TYPE)
                .with("assertion", new JwtSigner(keys.current()).sign(claims(assertion, target)));
    }

    private Map<String, Object> claims(UserAssertion assertion, Target target) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>(assertion.claims());
        claims.put("iss", settings.issuer());
        claims.put("aud", audience(target));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime()).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    private String audience(Target target) {
        return Objects.requireNonNullElseGet(
                settings.audience(),
                () -> Objects.requireNonNullElseGet(
                        target.issuer(), () -> target.uri().toString()));
    }

    private Duration lifetime() {
        return settings.form() == AssertionForm.BAIKAL ? BAIKAL_LIFETIME : settings.lifetime();
    }
}
