package io.gatehouse.config;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.explanation.IssuerFacts;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.introspection.IntrospectionSettings;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.introspection.SignedAnswers;
import io.gatehouse.jwt.IssuerRoute;
import io.gatehouse.jwt.JwtTrust;
import io.gatehouse.jwt.KeysOfIssuer;
import io.gatehouse.jwt.SignedJwtVerifier;
import io.gatehouse.keys.KeySetStatus;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.metrics.CallKind;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One issuer put together: its keys, its introspection endpoint, its roles. Thread-safe. */
final class IssuerValidation implements AutoCloseable {

    private final IssuerConfig config;
    private final Clock clock;
    private final Executor executor;
    private final Measurements measurements;
    private final @Nullable JsonHttpClient introspectionClient;
    private final Map<IssuerIdentifier, KeysOfIssuer> keys;
    private final @Nullable IntrospectionTokenValidator introspection;
    private final Function<ValidatedToken, Set<String>> rolesOfSignedTokens;
    private final @Nullable Function<ValidatedToken, Set<String>> rolesOfAnswers;

    /**
     * Starts no thread and does no I/O.
     *
     * @param client fetches keys; shared by all issuers, while each introspection endpoint has a client of its own, so
     *     that one that stalls takes no connection from the others
     */
    IssuerValidation(
            IssuerConfig config, JsonHttpClient client, Measurements measurements, Clock clock, Executor executor) {
        this.config = config;
        this.clock = clock;
        this.executor = executor;
        this.measurements = measurements;
        LocalValidation local = config.local();
        this.keys = local == null
                ? Map.of()
                : keys(IssuerKeys.of(
                        local, observed(client, CallKind.DISCOVERY), observed(client, CallKind.JWKS), clock, executor));
        RemoteValidation remote = config.remote();
        this.introspectionClient = remote == null ? null : JsonHttpClient.create(remote.http());
        this.introspection = remote == null ? null : introspection(remote, requireNonNull(introspectionClient));
        this.rolesOfSignedTokens = reader(RoleMapper.of(config.roles(), clock));
        this.rolesOfAnswers = remote == null ? null : reader(RoleMapper.of(remote.roles(), clock));
    }

    /** A token that is remembered keeps what is read: in the form that takes the least memory. */
    private static Function<ValidatedToken, Set<String>> reader(RoleMapper mapper) {
        return token -> Set.copyOf(mapper.roles(token));
    }

    private Map<IssuerIdentifier, KeysOfIssuer> keys(IssuerKeys source) {
        return config.issuer().identifiers().stream().collect(toUnmodifiableMap(identity(), source::keysOf));
    }

    String name() {
        return config.name();
    }

    /** What there is to know about it for whoever explains a refusal. */
    IssuerFacts facts() {
        LocalValidation local = config.local();
        RemoteValidation remote = config.remote();
        boolean verified = local != null && config.mode().verifiesHere();
        return new IssuerFacts(
                config.issuer(),
                verified ? FactsOfIssuer.signed(requireNonNull(local), this::status) : null,
                remote == null ? null : FactsOfIssuer.asked(remote, requireNonNull(introspection)));
    }

    /** Which way the JWTs go that name one of its identifiers. */
    Map<IssuerIdentifier, IssuerRoute> routes() {
        Map<IssuerIdentifier, IssuerRoute> routes = new HashMap<>();
        for (IssuerIdentifier identifier : config.issuer().identifiers()) {
            routes.put(identifier, route(identifier));
        }
        return routes;
    }

    private IssuerRoute route(IssuerIdentifier identifier) {
        return switch (config.mode()) {
            case INTROSPECTION -> new IssuerRoute.Asked(requireNonNull(introspection));
            case JWT, AUTO -> new IssuerRoute.Verified(trust(identifier));
            case BOTH -> new IssuerRoute.Confirmed(trust(identifier), requireNonNull(introspection));
        };
    }

    private JwtTrust trust(IssuerIdentifier identifier) {
        LocalValidation local = requireNonNull(config.local());
        return new JwtTrust(
                requireNonNull(keys.get(identifier)),
                local.keyPolicy(),
                new ClaimsValidator(local.claims(), clock),
                local.acceptedTypes());
    }

    private IntrospectionTokenValidator introspection(RemoteValidation remote, JsonHttpClient ownClient) {
        JsonHttpClient asking = observed(ownClient, CallKind.INTROSPECTION);
        IntrospectionSettings settings = new IntrospectionSettings(
                remote.endpoint(),
                remote.proof().authentication(observed(ownClient, CallKind.TOKEN), clock, executor),
                remote.parameters(),
                signedAnswers(remote),
                remote.cache(),
                remote.limits(),
                ConfigProperty.introspectionPrefix(config.name()));
        ClaimsValidator claims = new ClaimsValidator(remote.claims(), clock);
        KeySource.Discovered place = remote.metadata();
        if (place == null) {
            return new IntrospectionTokenValidator(config.name(), settings, claims, asking, clock);
        }
        IssuerMetadata metadata = new IssuerMetadata(
                place.documents(),
                place.issuers(),
                "set "
                        + ConfigProperty.INTROSPECTION_ENDPOINT
                                .nameFor(config.name())
                                .template(),
                observed(ownClient, CallKind.DISCOVERY),
                clock);
        return new IntrospectionTokenValidator(config.name(), settings, claims, asking, metadata, clock);
    }

    private JsonHttpClient observed(JsonHttpClient each, CallKind kind) {
        return each.observedBy(measurements.observer(kind, config.name()));
    }

    private @Nullable SignedAnswers signedAnswers(RemoteValidation remote) {
        LocalValidation local = config.local();
        Set<IssuerIdentifier> identifiers = config.issuer().identifiers();
        if (remote.signedAnswersAudience() == null || local == null || identifiers.size() != 1) {
            return null;
        }
        IssuerIdentifier identifier = identifiers.iterator().next();
        VerificationKeys verification = requireNonNull(keys.get(identifier)).of(identifier.text());
        return new SignedAnswers(
                new SignedJwtVerifier("token-introspection+jwt", verification, local.keyPolicy()),
                identifier.text(),
                remote.signedAnswersAudience());
    }

    /** Whether the claims name this issuer. */
    boolean isNamedBy(ClaimsSet claims) {
        Map<IssuerIdentifier, Boolean> identifiers =
                config.issuer().identifiers().stream().collect(toUnmodifiableMap(identity(), identifier -> true));
        return new IssuerIndex<>(identifiers).find(claims).isPresent();
    }

    IssuerConfig config() {
        return config;
    }

    /** The keys of the issuer of this name. */
    Optional<VerificationKeys> keysOf(IssuerIdentifier identifier) {
        return Optional.ofNullable(keys.get(identifier)).map(ofIssuer -> ofIssuer.of(identifier.text()));
    }

    /** Null where the issuer is never asked. */
    @Nullable IntrospectionTokenValidator introspection() {
        return introspection;
    }

    Set<String> roles(ValidatedToken token) {
        return token.rolesReadBy(token.introspected() && rolesOfAnswers != null ? rolesOfAnswers : rolesOfSignedTokens);
    }

    /** No I/O: what the last attempts found. */
    IssuerStatus status() {
        LocalValidation local = config.local();
        boolean perIssuer = local != null && local.keySource() instanceof KeySource.PerIssuer;
        Set<VerificationKeys> few = Collections.newSetFromMap(new IdentityHashMap<>());
        List<IssuerStatus.Template> templates = new ArrayList<>();
        keys.forEach((identifier, ofIssuer) -> {
            if (perIssuer && identifier.isTemplate()) {
                templates.add(template(identifier, ofIssuer.inUse()));
            } else {
                few.addAll(ofIssuer.inUse());
            }
        });
        return new IssuerStatus(
                config.name(),
                config.mode(),
                statuses(few),
                templates,
                local == null
                        ? Instant.MIN
                        : clock.instant().minus(local.remoteKeys().usableFor()),
                introspection == null ? null : introspection.status());
    }

    private static IssuerStatus.Template template(IssuerIdentifier identifier, Collection<VerificationKeys> inUse) {
        List<KeySetStatus> statuses = statuses(inUse);
        long outOfReach =
                statuses.stream().filter(status -> !status.withinReach()).count();
        return new IssuerStatus.Template(identifier.text(), statuses.size(), (int) outOfReach);
    }

    private static List<KeySetStatus> statuses(Collection<VerificationKeys> keys) {
        return keys.stream()
                .flatMap(set -> KeySetStatus.of(set).stream())
                .sorted(Comparator.comparing(KeySetStatus::location))
                .toList();
    }

    @Override
    public void close() {
        if (introspectionClient != null) {
            introspectionClient.close();
        }
    }
}
