package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ALLOW_APPLICATION_TOKENS;
import static io.gatehouse.config.ConfigProperty.ALLOW_ID_TOKENS;
import static io.gatehouse.config.ConfigProperty.ALLOW_MISSING_IAT;
import static io.gatehouse.config.ConfigProperty.ALLOW_SENDER_CONSTRAINED_TOKENS;
import static io.gatehouse.config.ConfigProperty.AUDIENCES;
import static io.gatehouse.config.ConfigProperty.AUDIENCE_CLAIM;
import static io.gatehouse.config.ConfigProperty.CLOCK_SKEW;
import static io.gatehouse.config.ConfigProperty.ISSUER_ALLOW_ANY_AUDIENCE;
import static io.gatehouse.config.ConfigProperty.PRINCIPAL_CLAIMS;
import static io.gatehouse.config.ConfigProperty.REQUIRED_CLAIMS;
import static io.gatehouse.config.ConfigProperty.REQUIRED_SCOPES;
import static io.gatehouse.config.ConfigProperty.SCOPE_REQUIRED;
import static io.gatehouse.config.ConfigProperty.TOKEN_AGE;

import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.KindRule;
import io.gatehouse.token.TrustedIssuer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the claims of one issuer have to look like. For one thread. */
final class ClaimsConfigReader {

    static final List<String> DEFAULT_PRINCIPAL_CLAIMS = List.of("upn", "preferred_username", "sub");

    /**
     * An expired token is expired to the second; but a token that was issued just now by a server whose clock is a
     * little ahead is not worth a refusal.
     */
    static final Duration DEFAULT_EXPIRY_SKEW = Duration.ZERO;

    static final Duration DEFAULT_START_SKEW = Duration.ofSeconds(5);

    /** More than this is no skew, but a clock to be set. */
    private static final Duration MAXIMUM_SKEW = Duration.ofMinutes(10);

    private static final Duration MAXIMUM_AGE = Duration.ofDays(3650);

    private final PropertyValues values;

    ClaimsConfigReader(PropertyValues values) {
        this.values = values;
    }

    ClaimsPolicy read(TrustedIssuer issuer) {
        Optional<Duration> skew = values.seconds(CLOCK_SKEW, MAXIMUM_SKEW);
        AudienceRule audience = audience(issuer);
        Map<String, Set<String>> requiredValues = new HashMap<>();
        Set<String> required = requiredClaims(audience, requiredValues);
        return new ClaimsPolicy(
                issuer,
                audience,
                skew.orElse(DEFAULT_EXPIRY_SKEW),
                skew.orElse(DEFAULT_START_SKEW),
                values.seconds(TOKEN_AGE, MAXIMUM_AGE).orElse(null),
                required,
                requiredValues,
                values.list(PRINCIPAL_CLAIMS).orElse(DEFAULT_PRINCIPAL_CLAIMS),
                "",
                values.flag(ALLOW_SENDER_CONSTRAINED_TOKENS),
                kinds());
    }

    private Set<String> requiredClaims(AudienceRule audience, Map<String, Set<String>> requiredValues) {
        Set<String> required = new HashSet<>(ClaimsPolicy.JWT_REQUIRED_CLAIMS);
        if (values.flag(ALLOW_MISSING_IAT)) {
            required.remove("iat");
        }
        if (audience instanceof AudienceRule.OneOf) {
            required.add(audience.claim());
        }
        required.addAll(namesAndValues(REQUIRED_CLAIMS, requiredValues));
        return Set.copyOf(required);
    }

    /**
     * Each element is a claim's name, or {@code name=value}; a name with several values takes any of them. What the issuer,
     * its preset and the application ask for is asked for together; about the values of one claim, the first has its say.
     */
    Set<String> namesAndValues(ConfigProperty property, Map<String, Set<String>> requiredValues) {
        Set<String> names = new HashSet<>();
        for (List<String> elements : values.everyList(property)) {
            Map<String, Set<String>> further = new HashMap<>();
            elements.forEach(element -> nameOrValue(element, property, names, further));
            further.forEach(requiredValues::putIfAbsent);
        }
        return names;
    }

    private void nameOrValue(
            String element, ConfigProperty property, Set<String> names, Map<String, Set<String>> requiredValues) {
        int equals = element.indexOf('=');
        String name = equals < 0 ? element : element.substring(0, equals).strip();
        String value = element.substring(equals + 1).strip();
        if (name.isEmpty() || value.isEmpty()) {
            values.problem(
                    property, "\"" + element + "\" is not a claim's name, or a name and a value: no token has it");
        } else if (equals < 0) {
            names.add(name);
        } else {
            requiredValues.computeIfAbsent(name, claim -> new HashSet<>()).add(value);
        }
    }

    private AudienceRule audience(TrustedIssuer issuer) {
        Optional<List<String>> accepted = values.list(AUDIENCES);
        boolean any = values.flag(ISSUER_ALLOW_ANY_AUDIENCE);
        boolean anyOnPurpose = any && values.isOwn(ISSUER_ALLOW_ANY_AUDIENCE);
        if (anyOnPurpose && values.isOwn(AUDIENCES)) {
            values.problem(ISSUER_ALLOW_ANY_AUDIENCE, "contradicts " + values.name(AUDIENCES) + "; keep one");
        }
        if (accepted.isPresent() && !anyOnPurpose) {
            String claim = values.text(AUDIENCE_CLAIM).orElse(AudienceRule.STANDARD_CLAIM);
            return new AudienceRule.OneOf(Set.copyOf(accepted.get()), claim);
        }
        // MicroProfile JWT leaves it to the application; where we make the rules, nothing is open by silence.
        boolean named = !issuer.name().equals(GatehouseConfigReader.DEFAULT_ISSUER_NAME);
        if (named && !any) {
            values.problem(
                    AUDIENCES,
                    "is missing: without it, a token that was issued for any other application would be accepted as"
                            + " well. Accept that with " + values.name(ISSUER_ALLOW_ANY_AUDIENCE) + "=true");
        }
        return new AudienceRule.Any();
    }

    private Set<String> requiredScopes() {
        Set<String> scopes = new HashSet<>();
        values.everyList(REQUIRED_SCOPES).forEach(scopes::addAll);
        return scopes;
    }

    private KindRule kinds() {
        return new KindRule(
                values.flag(SCOPE_REQUIRED),
                requiredScopes(),
                values.flag(ALLOW_APPLICATION_TOKENS),
                values.flag(ALLOW_ID_TOKENS));
    }
}
