package io.gatehouse.config;

import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.inbound.BearerChallenge;
import io.gatehouse.inbound.BearerTokenResolver;
import io.gatehouse.jwt.JwtTokenValidator;
import io.gatehouse.jwt.JwtTrust;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.TokenValidator;
import java.time.Clock;
import java.util.Map;

/**
 * The rooms put together for one application: the composition root. Thread-safe; {@link #close()} ends what runs in the
 * background.
 */
final class Gatehouse implements AutoCloseable {

    private final GatehouseConfig config;
    private final JsonHttpClient client;
    private final BackgroundThreads threads;
    private final TokenValidator tokenValidator;

    /** Starts no thread and does no I/O: both come with the first token that needs them. */
    Gatehouse(GatehouseConfig config, Clock clock) {
        this.config = config;
        this.client = JsonHttpClient.create(config.http());
        this.threads = new BackgroundThreads();
        ClaimsValidator claims = new ClaimsValidator(config.claims(), clock);
        JwtTrust trust = new JwtTrust(keys(clock), config.keyPolicy(), claims);
        this.tokenValidator = new JwtTokenValidator(
                config.jwt(), Map.of(config.claims().issuer().issuer(), trust));
    }

    private VerificationKeys keys(Clock clock) {
        KeySource source = config.keySource();
        if (source instanceof KeySource.Local local) {
            return local.keys();
        }
        return VerificationKeys.remote(
                ((KeySource.Remote) source).location(),
                client,
                config.keyPolicy(),
                config.remoteKeys(),
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

    RoleMapper roleMapper() {
        return RoleMapper.of(config.roles());
    }

    @Override
    public void close() {
        threads.close();
        client.close();
    }
}
