package io.gatehouse.config;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.gatehouse.attachment.AuthorizedOrigins;
import io.gatehouse.attachment.OutboundClient;
import io.gatehouse.attachment.OutboundClients;
import io.gatehouse.config.ClientConfig.Credentials;
import io.gatehouse.config.ClientConfig.Server;
import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.metrics.CallKind;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.AuthorizerSettings;
import io.gatehouse.outbound.Authorizers;
import io.gatehouse.outbound.EndpointClients;
import io.gatehouse.outbound.SigningKeys;
import io.gatehouse.outbound.StorageNamespace;
import io.gatehouse.outbound.TokenClient;
import io.gatehouse.outbound.TokenClientSettings;
import io.gatehouse.outbound.TokenClients;
import io.gatehouse.outbound.TokenEndpoints;
import io.gatehouse.outbound.TokenRequest;
import io.gatehouse.outbound.TokenStorage;
import io.gatehouse.outbound.TokenStorages;
import io.gatehouse.outbound.UserAssertion;
import io.gatehouse.outbound.WithoutCaller;
import io.gatehouse.token.ValidatedToken;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients that we are, put together. Does no I/O until a token is needed. Thread-safe; {@link #close()} ends their
 * connections.
 */
final class Outbound implements AutoCloseable {

    private static final System.Logger LOG = ApplicationLog.of(Outbound.class);

    private final OutboundSettings settings;
    private final Clock clock;
    private final Executor executor;
    private final Supplier<Optional<ValidatedToken>> caller;
    private final Supplier<Optional<TokenStorage>> ofApplication;
    private final Measurements measurements;
    private final TokenStorage files;
    private final Map<HttpSettings, JsonHttpClient> http = new HashMap<>();
    private final Map<String, SigningKeys> keys = new LinkedHashMap<>();
    private final List<Authorizer> perCaller = new ArrayList<>();
    private final OutboundClients clients;

    /**
     * These clients.
     *
     * @param application whose request is under way, and where tokens are stored and figures go
     */
    Outbound(OutboundSettings settings, Clock clock, Executor executor, ApplicationParts application) {
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
        this.caller = application.caller();
        this.ofApplication = application.storage();
        this.measurements = application.measurements();
        this.files = files(settings.tokenFiles());
        Map<String, OutboundClient> byName = new HashMap<>();
        Map<String, String> restClients = new HashMap<>();
        for (ClientConfig config : settings.clients()) {
            byName.put(config.name(), client(config));
            config.restClients().forEach(type -> restClients.put(type, config.name()));
        }
        settings.unusable().forEach(Outbound::report);
        Map<String, String> unusable =
                settings.unusable().stream().collect(toMap(UnusableClient::name, UnusableClient::reason));
        this.clients = OutboundClients.of(byName, restClients, unusable);
    }

    private static void report(UnusableClient client) {
        LOG.log(
                ERROR,
                "GATE0448 the client \"{0}\" of the environment cannot be used, and whoever uses it fails: {1}",
                client.name(),
                client.reason());
    }

    OutboundClients clients() {
        return clients;
    }

    /** How many tokens are kept for callers, of all clients together, an estimate; empty where none ever are. */
    OptionalLong tokensOfCallers() {
        return perCaller.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(perCaller.stream()
                        .mapToLong(each -> Authorizers.callersKept(each).orElse(0))
                        .sum());
    }

    /** The public halves of all keys that any client signs with, each once. */
    List<Map<String, Object>> publicKeys() {
        return keys.values().stream()
                .flatMap(some -> some.publicKeys().stream())
                .distinct()
                .toList();
    }

    private OutboundClient client(ClientConfig config) {
        Server server = config.server();
        TokenClient tokenClient = server == null ? null : tokenClient(server, config);
        Authorizer authorizer = authorizer(config, tokenClient);
        if (Authorizers.callersKept(authorizer).isPresent()) {
            perCaller.add(authorizer);
        }
        return new OutboundClient(
                config.name(),
                authorizer,
                tokenClient,
                AuthorizedOrigins.of(config.targets(), config.http().plainHttpAllowed()),
                config.http().connectTimeout(),
                config.http().readTimeout());
    }

    private TokenClient tokenClient(Server server, ClientConfig config) {
        JsonHttpClient client = http.computeIfAbsent(config.http(), JsonHttpClient::create);
        SigningKeyLocation location = server.keys();
        SigningKeys own = location == null
                ? null
                : keys.computeIfAbsent(
                        location.identity(), identity -> SigningKeys.of(location.files(), maximumAge(), clock));
        TokenClientSettings made = TokenClientSettings.of(
                        endpoints(server, config, client), server.identity().authentication(own, clock))
                .withDefaults(server.defaults())
                .withTimeout(server.timeout());
        if (own != null) {
            made = server.assertions() == null
                    ? made.withSigningKeys(own)
                    : made.withAssertions(server.assertions(), own);
        }
        EndpointClients observed = new EndpointClients(
                observed(client, CallKind.TOKEN, config),
                observed(client, CallKind.INTROSPECTION, config),
                observed(client, CallKind.REVOCATION, config));
        return TokenClients.create(made, observed, clock, executor);
    }

    private JsonHttpClient observed(JsonHttpClient client, CallKind kind, ClientConfig config) {
        return client.observedBy(measurements.observerOfClient(kind, config.name()));
    }

    private Duration maximumAge() {
        return settings.publication() == null
                ? Duration.ZERO
                : settings.publication().maximumAge();
    }

    private TokenEndpoints endpoints(Server server, ClientConfig config, JsonHttpClient client) {
        ClientConfig.Discovery discovery = server.discovery();
        TokenEndpoints endpoints = discovery == null
                ? TokenEndpoints.at(requireNonNull(server.tokenEndpoint()))
                : TokenEndpoints.discovered(new IssuerMetadata(
                        discovery.documents(),
                        discovery.issuers(),
                        advice(config.name()),
                        observed(client, CallKind.DISCOVERY, config),
                        clock));
        if (server.tokenEndpoint() != null) {
            endpoints = endpoints.withTokenEndpoint(server.tokenEndpoint());
        }
        if (server.introspectionEndpoint() != null) {
            endpoints = endpoints.withIntrospectionEndpoint(server.introspectionEndpoint());
        }
        if (server.revocationEndpoint() != null) {
            endpoints = endpoints.withRevocationEndpoint(server.revocationEndpoint());
        }
        return server.issuer() == null ? endpoints : endpoints.withIssuer(server.issuer());
    }

    private static String advice(String client) {
        return "look at " + ConfigProperty.CLIENT_ISSUER.nameForClient(client).template() + ", or set "
                + ConfigProperty.CLIENT_TOKEN_ENDPOINT.nameForClient(client).template();
    }

    private Authorizer authorizer(ClientConfig config, @Nullable TokenClient tokenClient) {
        Credentials secrets = config.credentials();
        AuthorizerSettings with = authorizerSettings(config);
        WithoutCaller without = config.withoutCaller();
        return switch (config.grant()) {
            case NONE -> Authorizers.none();
            case STATIC -> Authorizers.staticToken(requireNonNull(secrets.accessToken()));
            case BASIC ->
                Authorizers.basic(
                        requireNonNull(secrets.username()),
                        requireNonNull(secrets.password()),
                        secrets.raw() ? CredentialsEncoding.RAW : CredentialsEncoding.FORM);
            case PROPAGATION -> Authorizers.propagation(config.name(), caller, without, clock);
            case AUTHRESS ->
                Authorizers.authressServiceKey(
                        requireNonNull(secrets.accessKey()), secrets.serviceDomain(), with, clock);
            case CLIENT_CREDENTIALS ->
                Authorizers.clientCredentials(requireNonNull(tokenClient), with, clock, executor);
            case REFRESH_TOKEN ->
                Authorizers.refreshToken(
                        requireNonNull(tokenClient), requireNonNull(secrets.refreshToken()), with, clock, executor);
            case JWT_BEARER ->
                Authorizers.jwtBearer(requireNonNull(tokenClient), assertion(secrets), with, clock, executor);
            case TOKEN_EXCHANGE ->
                Authorizers.tokenExchange(requireNonNull(tokenClient), caller, without, with, clock, executor);
            case DEPENDENT_TOKEN ->
                Authorizers.dependentTokens(requireNonNull(tokenClient), caller, without, with, clock, executor);
        };
    }

    private static UserAssertion assertion(Credentials secrets) {
        UserAssertion assertion = UserAssertion.forSubject(requireNonNull(secrets.subject()));
        for (Map.Entry<String, String> claim : secrets.claims().entrySet()) {
            assertion = assertion.withClaim(claim.getKey(), claim.getValue());
        }
        return assertion;
    }

    private AuthorizerSettings authorizerSettings(ClientConfig config) {
        AuthorizerSettings made = AuthorizerSettings.named(config.name());
        Server server = config.server();
        if (server != null) {
            // By these it is chosen among several tokens in one answer.
            made = made.withRequest(TokenRequest.empty()
                            .withScopes(server.defaults().scopes().toArray(String[]::new)))
                    .withTimeout(server.timeout());
            if (config.credentials().refreshToken() != null) {
                made = made.withStorageNamespace(
                        namespace(config, server, config.credentials().refreshToken()));
            }
        }
        if (config.renewBefore() != null) {
            made = made.withRenewBefore(config.renewBefore());
        }
        if (config.resourceServer() != null) {
            made = made.withResourceServer(config.resourceServer());
        }
        if (config.credentials().initialToken() != null) {
            made = made.withInitialToken(config.credentials().initialToken());
        }
        TokenStorage configured = config.storesInFile() ? files : made.storage();
        return made.withStorage(new ApplicationTokenStorage(ofApplication, configured));
    }

    private static String namespace(ClientConfig config, Server server, String refreshToken) {
        URI tokenEndpoint = server.tokenEndpoint();
        return new StorageNamespace(
                        config.name(),
                        tokenEndpoint == null ? requireNonNull(server.issuer()) : tokenEndpoint.toString(),
                        server.clientId(),
                        server.defaults(),
                        config.resourceServer(),
                        refreshToken)
                .value();
    }

    private static TokenStorage files(OutboundSettings.@Nullable TokenFiles configured) {
        return configured == null
                ? TokenStorages.memory()
                : TokenStorages.encryptedFiles(
                        configured.directory(), configured.key().getEncoded());
    }

    @Override
    public void close() {
        http.values().forEach(JsonHttpClient::close);
    }
}
