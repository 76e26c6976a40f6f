package io.gatehouse.config;

import static java.util.Objects.requireNonNull;

import io.gatehouse.attachment.OutboundClients;
import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.authorization.FreshnessCheck;
import io.gatehouse.basic.ConfiguredUsers;
import io.gatehouse.basic.FailureLimiter;
import io.gatehouse.basic.RegisteredClients;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.inbound.BasicAuthentication;
import io.gatehouse.inbound.BearerTokenResolver;
import io.gatehouse.inbound.GroupLookup;
import io.gatehouse.inbound.LoginMemory;
import io.gatehouse.inbound.PublishedJwkSet;
import io.gatehouse.inbound.RefusalList;
import io.gatehouse.inbound.RequestAuthentication;
import io.gatehouse.inbound.ResourceMetadata;
import io.gatehouse.inbound.WhoAmI;
import io.gatehouse.metrics.CallKind;
import io.gatehouse.metrics.Gauge;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.mpjwt.CallerJsonWebToken;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.permission.PermissionServer;
import io.gatehouse.permission.RolesOnServer;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.roles.CallerRoles;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.TokenValidator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final TokenValidation tokens;
    private final Measurements measurements;
    private final RefusalLedger ledger;
    private final FreshnessCheck freshnessCheck;
    private final @Nullable JsonHttpClient permissionClient;
    private final @Nullable PermissionServer permissionServer;
    private final PermissionDecider permissionDecider;
    private final @Nullable FailureLimiter failures;
    private final BasicAuthentication basicAuthentication;
    private final ConfiguredUsers configuredUsers;
    private final @Nullable RegisteredClients registeredClients;
    private final Outbound outbound;
    private final LoginMemory logins;

    /** Apart from those that fetch keys: calls of the application that hang are not to keep its callers out. */
    private final BackgroundThreads outboundThreads = new BackgroundThreads("gatehouse-tokens");

    /** Starts no thread and does no I/O: both come with the first token that needs them. */
    Gatehouse(GatehouseConfig config, Clock clock) {
        this(config, clock, ApplicationParts.none());
    }

    /** The same within an application; its figures are closed with it. */
    Gatehouse(GatehouseConfig config, Clock clock, ApplicationParts application) {
        this.config = config;
        this.measurements = application.measurements();
        this.clock = clock;
        this.tokens = new TokenValidation(config, measurements, clock);
        this.ledger = new RefusalLedger(
                tokens.explainer(),
                application.audit(),
                measurements,
                config.refusals().count(),
                clock);
        measurements.register(StatusGauges.of(tokens.issuers(), clock));
        this.freshnessCheck = new IntrospectionFreshness(tokens::introspection, challenge(), clock);
        PermissionConfig permissions = config.permissions();
        this.permissionClient = permissions == null ? null : JsonHttpClient.create(config.http());
        this.permissionServer =
                permissions == null ? null : permissionServer(permissions, requireNonNull(permissionClient));
        this.permissionDecider = permissionServer == null ? new NoPermissionServer(clock) : permissionServer.decider();
        BasicSettings basic = config.basic();
        this.failures = basic == null ? null : new FailureLimiter(basic.limits(), clock);
        this.basicAuthentication = basicAuthentication(failures);
        this.configuredUsers = new ConfiguredUsers(basic == null ? Map.of() : basic.users(), clock);
        this.registeredClients = registeredClients(basic);
        this.logins = loginMemory(application.storesAreOurs());
        this.outbound = new Outbound(config.outbound(), clock, outboundThreads.executor(), application);
        measurements.register(cacheGauges());
    }

    /** Of what there is. */
    private List<Gauge> cacheGauges() {
        List<Gauge> gauges = new ArrayList<>();
        if (tokens.remembered().isPresent()) {
            gauges.add(Gauge.ofCache("tokens", () -> tokens.remembered().orElse(0)));
        }
        if (tokens.issuers().stream()
                .anyMatch(issuer -> !issuer.status().templates().isEmpty())) {
            gauges.add(Gauge.ofCache("key-sets", this::keySetsOfTemplates));
        }
        if (config.basic() != null) {
            gauges.add(Gauge.ofCache("passwords", this::passwordsRemembered));
        }
        if (failures != null) {
            gauges.add(Gauge.ofCache("password-failures", failures::size));
        }
        if (permissionServer != null) {
            gauges.add(Gauge.ofCache("permissions", permissionServer::remembered));
        }
        if (outbound.tokensOfCallers().isPresent()) {
            gauges.add(Gauge.ofCache(
                    "tokens-of-callers", () -> outbound.tokensOfCallers().orElse(0)));
        }
        return gauges;
    }

    private double keySetsOfTemplates() {
        return tokens.issuers().stream()
                .flatMap(issuer -> issuer.status().templates().stream())
                .mapToInt(IssuerStatus.Template::keySets)
                .sum();
    }

    private double passwordsRemembered() {
        return configuredUsers.remembered() + (registeredClients == null ? 0 : registeredClients.remembered());
    }

    /** Groups that another server knows of may change while a token does not. */
    private LoginMemory loginMemory(boolean storesAreOurs) {
        boolean groupsElsewhere =
                permissionServer != null && permissionServer.roles().isPresent();
        return storesAreOurs && !groupsElsewhere ? LoginMemory.on(new SecureRandom()) : LoginMemory.off();
    }

    LoginMemory logins() {
        return logins;
    }

    TokenValidator tokenValidator() {
        return tokens.validator();
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
        JsonHttpClient forTokens =
                ownClient.observedBy(measurements.observerOfClient(CallKind.TOKEN, Measurements.PERMISSIONS));
        JsonHttpClient asking = ownClient.observedBy(
                measurements.observerOfPermissions(permissions.provider().answers()));
        return PermissionServer.of(permissions.settings(forTokens, clock, tokens.executor()), asking, clock);
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

    private BasicAuthentication basicAuthentication(@Nullable FailureLimiter limiter) {
        return limiter == null
                ? BasicAuthentication.off(config.realm())
                : BasicAuthentication.on(
                        config.realm(), challenge(), config.http().plainHttpAllowed(), limiter, clock);
    }

    private @Nullable RegisteredClients registeredClients(@Nullable BasicSettings basic) {
        return basic == null || basic.clients() == null
                ? null
                : new RegisteredClients(
                        basic.clients(),
                        tokens.client().observedBy(measurements.observer(CallKind.TOKEN, Measurements.BASIC)),
                        clock);
    }

    WhoAmI whoAmI(RequestAuthentication authentication) {
        return WhoAmI.at(config.whoAmIPath(), config.mode(), authentication);
    }

    /** Looks at what the configuration leads to, in the background, and tells the log. */
    void checkItself() {
        new SelfCheck(new Doctor(config, tokens, clock), tokens.executor()).start();
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

    /** Whom the application calls with a token. */
    OutboundClients outboundClients() {
        return outbound.clients();
    }

    PublishedJwkSet publishedJwkSet() {
        OutboundSettings.Publication publication = config.outbound().publication();
        return publication == null
                ? PublishedJwkSet.nowhere()
                : PublishedJwkSet.at(publication.path(), outbound::publicKeys, publication.maximumAge());
    }

    RoleMapper roleMapper() {
        return token -> {
            Optional<IssuerValidation> issuer = tokens.issuer(token.issuer().name());
            return issuer.isEmpty() ? Set.of() : issuer.get().roles(token);
        };
    }

    /** How each issuer is doing, ordered by name. No I/O: what the last attempts found. */
    List<IssuerStatus> status() {
        return tokens.issuers().stream()
                .map(IssuerValidation::status)
                .sorted(Comparator.comparing(IssuerStatus::name))
                .toList();
    }

    /** How the issuer of this name is doing; empty where there is none. No I/O. */
    Optional<IssuerStatus> status(String issuer) {
        return tokens.issuer(issuer).map(IssuerValidation::status);
    }

    /** The roles of the configuration, and of the application's own mappers. */
    CallerRoles callerRoles(Supplier<List<RoleMapper>> ofApplication) {
        return CallerRoles.of(roleMapper(), ofApplication, clock);
    }

    @Override
    public void close() {
        ledger.close();
        measurements.close();
        tokens.close();
        if (permissionClient != null) {
            permissionClient.close();
        }
        outboundThreads.close();
        outbound.close();
    }
}
