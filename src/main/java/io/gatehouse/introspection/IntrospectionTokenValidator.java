package io.gatehouse.introspection;

import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Validates tokens by asking their issuer (RFC 7662), and checks what it says by the same gate as a JWT's claims: a
 * server that calls a token active has not said that it is meant for us (RFC 7662 §4).
 *
 * <p>Thread-safe. A call may take as long as the HTTP client's total timeout, and a second for its turn; while the server
 * answers nobody, only a few calls may ({@link IntrospectionSettings.Limits}).
 */
public final class IntrospectionTokenValidator implements TokenValidator {

    /** The server may ask for more; our callers are not told to stay away for a day. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final String issuerName;
    private final IntrospectionSettings settings;
    private final ClaimsValidator claimsValidator;
    private final TokenIntrospector introspector;
    private final IntrospectionCache cache;

    /**
     * A validator for one authorization server; no I/O here.
     *
     * @param issuerName keeps its answers apart from those of other servers
     */
    public IntrospectionTokenValidator(
            String issuerName,
            IntrospectionSettings settings,
            ClaimsValidator claimsValidator,
            JsonHttpClient client,
            Clock clock) {
        this(issuerName, settings, claimsValidator, TokenIntrospector.over(client, settings), clock);
    }

    /**
     * A validator for one authorization server whose metadata say where it is asked; no I/O here.
     *
     * @param issuerName keeps its answers apart from those of other servers
     */
    public IntrospectionTokenValidator(
            String issuerName,
            IntrospectionSettings settings,
            ClaimsValidator claimsValidator,
            JsonHttpClient client,
            IssuerMetadata metadata,
            Clock clock) {
        this(issuerName, settings, claimsValidator, TokenIntrospector.over(client, metadata), clock);
    }

    IntrospectionTokenValidator(
            String issuerName,
            IntrospectionSettings settings,
            ClaimsValidator claimsValidator,
            TokenIntrospector.Endpoint endpoint,
            Clock clock) {
        this.issuerName = issuerName;
        this.settings = settings;
        this.claimsValidator = claimsValidator;
        Bulkhead bulkhead = Bulkhead.of(settings.limits().ofThreads(), clock);
        this.introspector = new TokenIntrospector(settings, endpoint, bulkhead, clock);
        this.cache = new IntrospectionCache(settings.cache(), bulkhead, clock);
    }

    @Override
    public TokenValidationResult validate(AccessToken token) {
        return decide(token, cache.get(TokenKey.of(issuerName, token), () -> introspector.introspect(token)));
    }

    /**
     * Validates with an answer to a question no older than this, never with a stale one; {@link Duration#ZERO} asks the
     * server anew.
     *
     * @param maximumAge counts only where it is shorter than the cache's lifetime
     */
    public TokenValidationResult validate(AccessToken token, Duration maximumAge) {
        TokenKey key = TokenKey.of(issuerName, token);
        return decide(token, cache.getNoOlderThan(maximumAge, key, () -> introspector.introspect(token)));
    }

    /** What the server said of a live token, if that is remembered: asks nobody. */
    public Optional<ClaimsSet> remembered(AccessToken token) {
        return cache.remembered(TokenKey.of(issuerName, token)) instanceof IntrospectionResponse.Active active
                ? Optional.of(active.claims())
                : Optional.empty();
    }

    /** What was wrong with the server's last answer, in words; empty where nothing was. */
    public Optional<String> trouble() {
        return introspector.trouble();
    }

    /** How asking is going. No I/O. */
    public IntrospectionStatus status() {
        return new IntrospectionStatus(introspector.endpoint(), introspector.credentialsRejected(), cache.size());
    }

    private TokenValidationResult decide(AccessToken token, IntrospectionResponse response) {
        if (response instanceof IntrospectionResponse.Active active) {
            return validateClaims(token, active.claims());
        }
        if (response instanceof IntrospectionResponse.Inactive) {
            return new TokenValidationResult.Invalid(InvalidTokenReason.NOT_ACTIVE);
        }
        return new TokenValidationResult.Unavailable(retryAfter(response));
    }

    private TokenValidationResult validateClaims(AccessToken token, ClaimsSet claims) {
        if (!isBearer(claims)) {
            return new TokenValidationResult.Invalid(InvalidTokenReason.TYPE_NOT_ACCEPTED);
        }
        return hasReadableScope(claims)
                ? claimsValidator.validate(token, claims, () -> new Authenticity.Genuine(true))
                : new TokenValidationResult.Invalid(InvalidTokenReason.CLAIM_MALFORMED);
    }

    /** A string (RFC 7662 §2.2), or the array of strings that some servers make of it. */
    private static boolean hasReadableScope(ClaimsSet claims) {
        Object scope = claims.value("scope").orElse("");
        return scope instanceof String
                || (scope instanceof List<?> words && words.stream().allMatch(String.class::isInstance));
    }

    /** Where the server says what the token is, it has to be what was presented (RFC 7662 §2.2, RFC 9449 §7.2). */
    private static boolean isBearer(ClaimsSet claims) {
        Optional<Object> type = claims.value("token_type");
        return type.isEmpty()
                || (type.get() instanceof String text
                        && text.toLowerCase(Locale.ROOT).equals("bearer"));
    }

    private Duration retryAfter(IntrospectionResponse response) {
        if (!(response instanceof IntrospectionResponse.Failed failed) || failed.retryAfter() == null) {
            return settings.limits().pause();
        }
        return failed.retryAfter().compareTo(LONGEST_RETRY_AFTER) < 0 ? failed.retryAfter() : LONGEST_RETRY_AFTER;
    }
}
