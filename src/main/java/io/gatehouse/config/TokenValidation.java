package io.gatehouse.config;

import static java.util.Objects.requireNonNull;

import io.gatehouse.explanation.TokenExplainer;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.jwt.IssuerRoute;
import io.gatehouse.jwt.JwtTokenValidator;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenValidator;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All that decides about tokens, put together: what an application has of it, and what the command line has, without any
 * server around it. Thread-safe; {@link #close()} ends what runs in the background.
 */
final class TokenValidation implements AutoCloseable {

    private final GatehouseConfig config;
    private final Clock clock;
    private final JsonHttpClient client;
    private final BackgroundThreads threads = new BackgroundThreads("gatehouse-keys");
    private final Map<String, IssuerValidation> issuers = new HashMap<>();
    private final TokenValidator validator;

    /** Starts no thread and does no I/O: both come with the first token that needs them. */
    TokenValidation(GatehouseConfig config, Measurements measurements, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.client = JsonHttpClient.create(config.http());
        config.issuers()
                .forEach(issuer -> issuers.put(
                        issuer.name(), new IssuerValidation(issuer, client, measurements, clock, threads.executor())));
        this.validator = put(measurements);
    }

    private TokenValidator put(Measurements measurements) {
        Map<IssuerIdentifier, IssuerRoute> routes = new HashMap<>();
        issuers.values().forEach(issuer -> routes.putAll(issuer.routes()));
        TokenValidator others = config.opaqueTokens() == null ? null : introspection(config.opaqueTokens());
        boolean everyTokenIsAskedAbout =
                issuers.size() == 1 && config.issuers().get(0).mode() == ValidationMode.INTROSPECTION;
        return everyTokenIsAskedAbout
                ? new LengthLimit(config.jwt().maximumLength(), requireNonNull(others))
                : new JwtTokenValidator(
                        config.jwt(), new IssuerIndex<>(routes), others, clock, measurements::validated);
    }

    TokenValidator validator() {
        return validator;
    }

    /** Whether encrypted tokens are read here. */
    boolean decrypts() {
        return config.jwt().encryption() != null;
    }

    /** How many valid tokens are remembered; empty where none ever are. */
    OptionalInt remembered() {
        return validator instanceof JwtTokenValidator local
                        && !config.jwt().memory().lifetime().isZero()
                ? OptionalInt.of(local.rememberedTokens())
                : OptionalInt.empty();
    }

    /** Puts into words why a token was refused. */
    TokenExplainer explainer() {
        return new TokenExplainer(new ConfiguredIssuers(config, issuers), clock);
    }

    Collection<IssuerValidation> issuers() {
        return issuers.values();
    }

    Optional<IssuerValidation> issuer(String name) {
        return Optional.ofNullable(issuers.get(name));
    }

    /** Who is asked about tokens that name no issuer that is trusted; empty where they are refused. */
    Optional<IssuerValidation> issuerOfOthers() {
        return Optional.ofNullable(config.opaqueTokens()).flatMap(this::issuer);
    }

    /** Asks one issuer about tokens; null where there is none of this name, or it is never asked. */
    @Nullable IntrospectionTokenValidator introspection(String issuer) {
        IssuerValidation validation = issuers.get(issuer);
        return validation == null ? null : validation.introspection();
    }

    JsonHttpClient client() {
        return client;
    }

    Executor executor() {
        return threads.executor();
    }

    @Override
    public void close() {
        threads.close();
        client.close();
        issuers.values().forEach(IssuerValidation::close);
    }
}
