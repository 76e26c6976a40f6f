package io.gatehouse.config;

import static java.util.Objects.requireNonNull;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.authorization.FreshnessCheck;
import io.gatehouse.basic.ConfiguredUsers;
import io.gatehouse.basic.FailureLimiter;
import io.gatehouse.basic.RegisteredClients;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.explanation.TokenExplainer;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.inbound.BasicAuthentication;
import io.gatehouse.inbound.BearerTokenResolver;
import io.gatehouse.inbound.GroupLookup;
import io.gatehouse.inbound.RefusalList;
import io.gatehouse.inbound.RequestAuthentication;
import io.gatehouse.inbound.ResourceMetadata;
import io.gatehouse.inbound.WhoAmI;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.jwt.IssuerRoute;
import io.gatehouse.jwt.JwtTokenValidator;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.mpjwt.CallerJsonWebToken;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.permission.PermissionServer;
import io.gatehouse.permission.RolesOnServer;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.roles.CallerRoles;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenValidator;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
    private final Measurements measurements;
    private final RefusalLedger ledger;
    private final FreshnessCheck freshnessCheck;
    private final @Nullable JsonHttpClient permissionClient;
    private final @Nullable PermissionServer permissionServer;
    private final PermissionDecider permissionDecider;
    private final BasicAuthentication basicAuthentication;
    private final ConfiguredUsers configuredUsers;
    private final @Nullable RegisteredClients registeredClients;

    /** Starts no thread and does no I/O: both come with the first token that needs them. */
    Gatehouse(GatehouseConfig config, Clock clock) {
        this(config, clock, AuditTrail.none(), Measurements.none());
    }

    /** With somebody who is told of every decision about a token, and with figures, which are closed with it. */
    Gatehouse(GatehouseConfig config, Clock clock, AuditTrail audit, Measurements measurements) {
        this.config = config;
        this.measurements = measurements;
        this.clock = clock;
        this.client = JsonHttpClient.create(config.http());
        config.issuers()
                .forEach(issuer -> issuers.put(
                        issuer.name(), new IssuerValidation(issuer, client, measurements, clock, threads.executor())));
        this.tokenValidator = validator();
        this.ledger = new RefusalLedger(
                new TokenExplainer(new ConfiguredIssuers(config, issuers), clock),
                audit,
                measurements,
                config.refusals().count(),
                clock);
        measurements.register(StatusGauges.of(issuers.values(), clock));
        this.freshnessCheck = new IntrospectionFreshness(this::introspection, challenge(), clock);
        PermissionConfig permissions = config.permissions();
        this.permissionClient = permissions == null ? null : JsonHttpClient.create(config.http());
        this.permissionServer =
                permissions == null ? null : permissionServer(permissions, requireNonNull(permissionClient));
        this.permissionDecider = permissionServer == null ? new NoPermissionServer(clock) : permissionServer.decider();
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

    private PermissionServer permissionServer(PermissionConfig permissions, JsonHttpClient ownClient) {
        return PermissionServer.of(permissions.settings(ownClient, clock, threads.executor()), ownClient, clock);
    }

    /** One that decides nothing where no server is configured. */
    PermissionDecider permissionDecider() {
        return permissionDecider;
    }

    GroupLookup groupLookup() {
        Optional<RolesOnServer> roles = permissionServer == null ? Optional.empty() : permissionServer.roles();
        return caller -> roles.isPresent() && caller instanceof CallerJsonWebToken principal
                ? roles.get().roles(principal.token())
                : Optional.of(Set.of());
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

    WhoAmI whoAmI(RequestAuthentication authentication) {
        return WhoAmI.at(config.whoAmIPath(), config.mode(), authentication);
    }

    RefusalLedger ledger() {
        return ledger;
    }

    RefusalList refusalList(RequestAuthentication authentication) {
        RefusalListSettings list = config.refusals();
        return RefusalList.at(list.path(), list.role(), config.mode(), authentication, ledger, challenge());
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

    /** How each issuer is doing, ordered by name. No I/O: what the last attempts found. */
    List<IssuerStatus> status() {
        return issuers.values().stream()
                .map(IssuerValidation::status)
                .sorted(Comparator.comparing(IssuerStatus::name))
                .toList();
    }

    /** How the issuer of this name is doing; empty where there is none. No I/O. */
    Optional<IssuerStatus> status(String issuer) {
        return Optional.ofNullable(issuers.get(issuer)).map(IssuerValidation::status);
    }

    /** The roles of the configuration, and of the application's own mappers. */
    CallerRoles callerRoles(Supplier<List<RoleMapper>> ofApplication) {
        return CallerRoles.of(roleMapper(), ofApplication, clock);
    }

    @Override
    public void close() {
        ledger.close();
        measurements.close();
        threads.close();
        client.close();
        if (permissionClient != null) {
            permissionClient.close();
        }
        issuers.values().forEach(IssuerValidation::close);
    }
}
