package io.gatehouse.outbound;

import io.gatehouse.http.FormBody;
import io.gatehouse.jwt.JwtSigner;
import io.gatehouse.outbound.TokenClientSettings.AssertionForm;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.outbound.TokenEndpoints.Target;
import io.gatehouse.outbound.TokenRequest.Parameter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the request of the user grant (RFC 7523 §2.1) with an assertion that is good for this one request. Thread-safe. */
final class AssertionSigner {

    private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final String PURPOSE = "purpose";

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
        FormBody form = FormBody.empty().with("grant_type", GRANT_TYPE);
        return settings.form() == AssertionForm.BAIKAL
                ? baikal(form, assertion, request, target)
                : standard(form, assertion, request, target);
    }

    /** Scopes that are asked for beside the assertion are a parameter (RFC 7521 §4.1). */
    private FormBody standard(FormBody form, UserAssertion assertion, TokenRequest request, Target target) {
        FormBody whole = form.with("assertion", sign(assertion.claims(), settings.lifetime(), target));
        if (!request.scopes().isEmpty()) {
            whole = whole.with("scope", String.join(" ", request.scopes()));
        }
        return with(whole, request.parameters());
    }

    /**
     * Scopes and purposes are looked for in the assertion, and nowhere else. {@code kid} and {@code jti} stay, which the SDK
     * does not send: who does not know them passes over them (RFC 7519 §4), and without them the assertion could be used
     * by others for an hour.
     */
    private FormBody baikal(FormBody form, UserAssertion assertion, TokenRequest request, Target target) {
        Map<String, Object> claims = new LinkedHashMap<>(assertion.claims());
        claims.put("active", true);
        if (!request.scopes().isEmpty()) {
            claims.putIfAbsent("scope", String.join(" ", request.scopes()));
        }
        request.parameters().stream()
                .filter(AssertionSigner::isPurpose)
                .forEach(purpose -> claims.putIfAbsent(PURPOSE, purpose.value()));
        List<Parameter> others = request.parameters().stream()
                .filter(parameter -> !isPurpose(parameter))
                .toList();
        return with(form.with("assertion", sign(claims, BAIKAL_LIFETIME, target)), others);
    }

    private static boolean isPurpose(Parameter parameter) {
        return parameter.name().equals(PURPOSE);
    }

    private static FormBody with(FormBody form, List<Parameter> parameters) {
        FormBody longer = form;
        for (Parameter parameter : parameters) {
            longer = longer.with(parameter.name(), parameter.value());
        }
        return longer;
    }

    private String sign(Map<String, Object> aboutUser, Duration lifetime, Target target) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>(aboutUser);
        claims.put("iss", settings.issuer());
        claims.put("aud", audience(target));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        return new JwtSigner(keys.current()).sign(claims);
    }

    private String audience(Target target) {
        return Objects.requireNonNullElseGet(
                settings.audience(),
                () -> Objects.requireNonNullElseGet(
                        target.issuer(), () -> target.uri().toString()));
    }
}
