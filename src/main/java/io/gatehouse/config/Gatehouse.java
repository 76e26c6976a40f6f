package io.gatehouse.config;

import static java.util.Objects.requireNonNull;

import io.gatehouse.authorization.FreshnessCheck;
import io.gatehouse.basic.ConfiguredUsers;
import io.gatehouse.basic.FailureLimiter;
import io.gatehouse.basic.RegisteredClients;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.inbound.BasicAuthentication;
import io.gatehouse.inbound.BearerChallenge;
import io.gatehouse.inbound.BearerTokenResolver;
import io.gatehouse.introspection.IntrospectionSettings;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.introspection.SignedAnswers;
import io.gatehouse.jwt.JwtTokenValidator;
import io.gatehouse.jwt.JwtTrust;
import io.gatehouse.jwt.SignedJwtVerifier;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.ConfirmedTokenValidator;
import io.gatehouse.token.TokenValidator;
import io.gatehouse.token.TrustedIssuer;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms put together for one application: the composition root. Thread-safe; {@link #close()} ends what runs in the
 * background.
 */
final class Gatehouse implements AutoCloseable {

    private final GatehouseConfig config;
    private final Clock clock;
    private final JsonHttpClient client;
    private final JsonHttpClient introspectionClient;
    private final BackgroundThreads threads = new BackgroundThreads();
    private final @Nullable IntrospectionTokenValidator introspection;
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
        RemoteValidation remote = config.remote();
        this.introspectionClient = JsonHttpClient.create(remote == null ? config.http() : remote.http());
        LocalValidation local = config.local();
        VerificationKeys keys = local == null ? null : keys(local);
        this.introspection = remote == null ? null : introspection(remote, local, keys);
        this.tokenValidator = validator(local, keys);
        this.freshnessCheck = new IntrospectionFreshness(introspection, challenge(), clock);
        BasicSettings basic = config.basic();
        this.basicAuthentication = basicAuthentication(basic);
        this.configuredUsers = new ConfiguredUsers(basic == null ? Map.of() : basic.users(), clock);
        this.registeredClients = registeredClients(basic);
    }

    private TokenValidator validator(@Nullable LocalValidation local, @Nullable VerificationKeys keys) {
        TokenValidator asking = introspection;
        return switch (config.mode()) {
            case INTROSPECTION -> requireNonNull(asking);
            case JWT -> jwt(requireNonNull(local), requireNonNull(keys), null);
            case AUTO -> jwt(requireNonNull(local), requireNonNull(keys), asking);
            case BOTH ->
                new ConfirmedTokenValidator(
                        jwt(requireNonNull(local), requireNonNull(keys), null), requireNonNull(asking));
        };
    }

    private TokenValidator jwt(LocalValidation local, VerificationKeys keys, @Nullable TokenValidator others) {
        JwtTrust trust = new JwtTrust(keys, local.keyPolicy(), new ClaimsValidator(local.claims(), clock));
        String issuer = requireNonNull(local.claims().issuer().issuer());
        return new JwtTokenValidator(local.jwt(), Map.of(issuer, trust), others);
    }

    private IntrospectionTokenValidator introspection(
            RemoteValidation remote, @Nullable LocalValidation local, @Nullable VerificationKeys keys) {
        IntrospectionSettings settings = new IntrospectionSettings(
                remote.endpoint(),
                remote.proof().authentication(introspectionClient, clock, threads.executor()),
                remote.parameters(),
                signedAnswers(remote, local, keys),
                remote.cache(),
                remote.limits());
        return new IntrospectionTokenValidator(
                remote.claims().issuer().name(),
                settings,
                new ClaimsValidator(remote.claims(), clock),
                introspectionClient,
                clock);
    }

    private static @Nullable SignedAnswers signedAnswers(
            RemoteValidation remote, @Nullable LocalValidation local, @Nullable VerificationKeys keys) {
        if (remote.signedAnswersAudience() == null || local == null || keys == null) {
            return null;
        }
        return new SignedAnswers(
                new SignedJwtVerifier("token-introspection+jwt", keys, local.keyPolicy()),
                requireNonNull(local.claims().issuer().issuer()),
                remote.signedAnswersAudience());
    }

    private VerificationKeys keys(LocalValidation local) {
        KeySource source = local.keySource();
        if (source instanceof KeySource.Local own) {
            return own.keys();
        }
        return VerificationKeys.remote(
                ((KeySource.Remote) source).location(),
                client,
                local.keyPolicy(),
                local.remoteKeys(),
                clock,
                threads.executor());
    }

    TokenValidator tokenValidator() {
        return tokenValidator;
    }

    BearerTokenResolver tokenResolver() {
        return new BearerTokenResolver(config.transport());
    }

    BearerChallenge challenge() {
        return new BearerChallenge(config.realm());
    }

    FreshnessCheck freshnessCheck() {
        return freshnessCheck;
    }

    private BasicAuthentication basicAuthentication(@Nullable BasicSettings basic) {
        return basic == null
                ? BasicAuthentication.off(config.realm())
                : BasicAuthentication.on(
                        config.realm(),
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
        RoleMapper byToken = RoleMapper.of(config.roles());
        RemoteValidation remote = config.remote();
        if (remote == null) {
            return byToken;
        }
        RoleMapper byAnswer = RoleMapper.of(remote.roles());
        TrustedIssuer asked = remote.claims().issuer();
        return token -> (token.issuer().equals(asked) ? byAnswer : byToken).roles(token);
    }

    @Override
    public void close() {
        threads.close();
        client.close();
        introspectionClient.close();
    }
}
