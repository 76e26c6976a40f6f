package io.gatehouse.config;

import static java.util.Objects.requireNonNull;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.authorization.FreshnessCheck;
import io.gatehouse.basic.ConfiguredUsers;
import io.gatehouse.basic.FailureLimiter;
import io.gatehouse.basic.RegisteredClients;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.inbound.BasicAuthentication;
import io.gatehouse.inbound.BearerTokenResolver;
import io.gatehouse.inbound.ResourceMetadata;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.jwt.IssuerRoute;
import io.gatehouse.jwt.JwtTokenValidator;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenValidator;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms put together for one application: the composition root. Thread-safe; {@link #close()} ends what runs in the
 * background.
 */
final class Gatehouse implements AutoCloseable {

    private final GatehouseConfig config;
    private final Clock clock;
    private final JsonHttpClient client;
    private final BackgroundThreads threads = new BackgroundThreads();
    private final Map<String, IssuerValidation> issuers = new HashMap<>();
    private final TokenValidator tokenValidator;
    private final FreshnessCheck freshnessCheck;
    private final BasicAuthentication basicAuthentication;
    private final ConfiguredUsers configuredUsers;
    private final @Nullable RegisteredClients registeredClients;

    /** Starts no thread and does no I/O: both come with the first token that needs them. */
    Gatehouse(GatehouseConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.client = JsonHttpClient.create(config.http());
        config.issuers()
                .forEach(issuer ->
                        issuers.put(issuer.name(), new IssuerValidation(issuer, client, clock, threads.executor())));
        this.tokenValidator = validator();
        this.freshnessCheck = new IntrospectionFreshness(this::introspection, challenge(), clock);
        BasicSettings basic = config.basic();
        this.basicAuthentication = basicAuthentication(basic);
        this.configuredUsers = new ConfiguredUsers(basic == null ? Map.of() : basic.users(), clock);
        this.registeredClients = registeredClients(basic);
    }

    private TokenValidator validator() {
        Map<IssuerIdentifier, IssuerRoute> routes = new HashMap<>();
        issuers.values().forEach(issuer -> routes.putAll(issuer.routes()));
        TokenValidator others = config.opaqueTokens() == null ? null : introspection(config.opaqueTokens());
        boolean everyTokenIsAskedAbout =
                issuers.size() == 1 && config.issuers().get(0).mode() == ValidationMode.INTROSPECTION;
        return everyTokenIsAskedAbout
                ? new LengthLimit(config.jwt().maximumLength(), requireNonNull(others))
                : new JwtTokenValidator(config.jwt(), new IssuerIndex<>(routes), others);
    }

    /** Asks one issuer about tokens; null where there is none of this name, or it is never asked. */
    private @Nullable IntrospectionTokenValidator introspection(String issuer) {
        IssuerValidation validation = issuers.get(issuer);
        return validation == null ? null : validation.introspection();
    }

    TokenValidator tokenValidator() {
        return tokenValidator;
    }

    BearerTokenResolver tokenResolver() {
        return new BearerTokenResolver(config.transport());
    }

    BearerChallenge challenge() {
        ResourceMetadataSettings metadata = config.resourceMetadata();
        return new BearerChallenge(config.realm(), metadata == null ? null : metadata.url());
    }

    AuthenticationMode mode() {
        return config.mode();
    }

    ResourceMetadata resourceMetadata() {
        ResourceMetadataSettings metadata = config.resourceMetadata();
        return metadata == null ? ResourceMetadata.none() : ResourceMetadata.of(metadata.document());
    }

    FreshnessCheck freshnessCheck() {
        return freshnessCheck;
    }

    private BasicAuthentication basicAuthentication(@Nullable BasicSettings basic) {
        return basic == null
                ? BasicAuthentication.off(config.realm())
                : BasicAuthentication.on(
                        config.realm(),
                        challenge(),
                        config.http().plainHttpAllowed(),
                        new FailureLimiter(basic.limits(), clock),
                        clock);
    }

    private @Nullable RegisteredClients registeredClients(@Nullable BasicSettings basic) {
        return basic == null || basic.clients() == null ? null : new RegisteredClients(basic.clients(), client, clock);
    }

    BasicAuthentication basicAuthentication() {
        return basicAuthentication;
    }

    ConfiguredUsers configuredUsers() {
        return configuredUsers;
    }

    /** Null where no token endpoint is asked. */
    @Nullable RegisteredClients registeredClients() {
        return registeredClients;
    }

    RoleMapper roleMapper() {
        return token -> {
            IssuerValidation issuer = issuers.get(token.issuer().name());
            return issuer == null ? Set.of() : issuer.roles(token);
        };
    }

    @Override
    public void close() {
        threads.close();
        client.close();
        issuers.values().forEach(IssuerValidation::close);
    }
}
