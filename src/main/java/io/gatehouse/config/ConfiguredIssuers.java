package io.gatehouse.config;

import io.gatehouse.explanation.IssuerFacts;
import io.gatehouse.explanation.Setting;
import io.gatehouse.explanation.TrustedIssuers;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells explanations what is configured. Immutable and thread-safe. */
final class ConfiguredIssuers implements TrustedIssuers {

    private final GatehouseConfig config;
    private final Map<String, IssuerValidation> issuers;
    private final IssuerIndex<IssuerValidation> byIdentifier;

    ConfiguredIssuers(GatehouseConfig config, Map<String, IssuerValidation> issuers) {
        this.config = config;
        this.issuers = Map.copyOf(issuers);
        Map<IssuerIdentifier, IssuerValidation> identifiers = new HashMap<>();
        config.issuers().forEach(issuer -> issuer.issuer()
                .identifiers()
                .forEach(identifier -> put(identifier, issuer.name(), identifiers)));
        this.byIdentifier = new IssuerIndex<>(identifiers);
    }

    private void put(IssuerIdentifier identifier, String issuer, Map<IssuerIdentifier, IssuerValidation> identifiers) {
        IssuerValidation validation = issuers.get(issuer);
        if (validation != null) {
            identifiers.put(identifier, validation);
        }
    }

    @Override
    public Optional<IssuerFacts> of(ClaimsSet claims) {
        return byIdentifier.find(claims).map(IssuerValidation::facts);
    }

    @Override
    public Optional<IssuerFacts> ofOpaqueTokens() {
        return Optional.ofNullable(config.opaqueTokens())
                .flatMap(name -> Optional.ofNullable(issuers.get(name)))
                .map(IssuerValidation::facts);
    }

    @Override
    public Optional<IssuerFacts> only() {
        return issuers.size() == 1
                ? Optional.of(issuers.values().iterator().next().facts())
                : Optional.empty();
    }

    @Override
    public List<String> identifiers() {
        return config.issuers().stream()
                .flatMap(issuer -> issuer.issuer().identifiers().stream())
                .map(IssuerIdentifier::text)
                .sorted()
                .toList();
    }

    @Override
    public int maximumTokenLength() {
        return config.jwt().maximumLength();
    }

    @Override
    public String property(Setting setting, @Nullable String issuerName) {
        if (setting == Setting.KEYS && issuerName != null) {
            String keys = keysProperty(issuerName);
            if (keys != null) {
                return keys;
            }
        }
        return config.names().nameOf(propertyOf(setting), issuerName);
    }

    private @Nullable String keysProperty(String issuerName) {
        return config.issuers().stream()
                .filter(issuer -> issuer.name().equals(issuerName))
                .map(IssuerConfig::local)
                .findFirst()
                .map(LocalValidation::keysProperty)
                .orElse(null);
    }

    private static ConfigProperty propertyOf(Setting setting) {
        return switch (setting) {
            case ISSUER -> ConfigProperty.ISSUER;
            case AUDIENCES -> ConfigProperty.AUDIENCES;
            case AUDIENCE_CLAIM -> ConfigProperty.AUDIENCE_CLAIM;
            case CLOCK_SKEW -> ConfigProperty.CLOCK_SKEW;
            case TOKEN_AGE -> ConfigProperty.TOKEN_AGE;
            case ALGORITHMS -> ConfigProperty.ALGORITHMS;
            case KEYS -> ConfigProperty.ISSUER_JWKS_URI;
            case TOKEN_TYPES -> ConfigProperty.TOKEN_TYPES;
            case MAXIMUM_TOKEN_LENGTH -> ConfigProperty.MAXIMUM_TOKEN_LENGTH;
            case DECRYPTION_KEY -> ConfigProperty.DECRYPT_KEY_LOCATION;
            case PRINCIPAL_CLAIMS -> ConfigProperty.PRINCIPAL_CLAIMS;
            case REQUIRED_CLAIMS -> ConfigProperty.REQUIRED_CLAIMS;
            case ANSWER_REQUIRED_CLAIMS -> ConfigProperty.INTROSPECTION_REQUIRED_CLAIMS;
            case ANSWER_PRINCIPAL_CLAIMS -> ConfigProperty.INTROSPECTION_PRINCIPAL_CLAIMS;
            case REQUIRED_SCOPES -> ConfigProperty.REQUIRED_SCOPES;
            case SCOPE_REQUIRED -> ConfigProperty.SCOPE_REQUIRED;
            case ALLOW_MISSING_IAT -> ConfigProperty.ALLOW_MISSING_IAT;
            case ALLOW_SENDER_CONSTRAINED_TOKENS -> ConfigProperty.ALLOW_SENDER_CONSTRAINED_TOKENS;
            case ALLOW_ID_TOKENS -> ConfigProperty.ALLOW_ID_TOKENS;
            case ALLOW_APPLICATION_TOKENS -> ConfigProperty.ALLOW_APPLICATION_TOKENS;
            case OPAQUE_TOKENS -> ConfigProperty.OPAQUE_TOKENS;
            case INTROSPECTION_ENDPOINT -> ConfigProperty.INTROSPECTION_ENDPOINT;
            case INTROSPECTION_CLIENT_ID -> ConfigProperty.INTROSPECTION_CLIENT_ID;
            case ROLE_CLAIMS -> ConfigProperty.ROLE_CLAIMS;
            case ROLE_MAP -> ConfigProperty.ROLE_MAP;
        };
    }
}
