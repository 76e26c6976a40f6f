package io.gatehouse.outbound;

import io.gatehouse.jwt.JwtSigner;
import io.gatehouse.keys.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes the assertions of {@code private_key_jwt} (RFC 7523 §3): each with an id of its own, good for one minute,
 * because servers take each only once. Immutable and thread-safe.
 */
public final class ClientAssertion implements Supplier<String> {

    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final Supplier<SigningKey> key;
    private final String clientId;
    private final String audience;
    private final Clock clock;

    /**
     * An assertion maker.
     *
     * @param audience what the authorization server calls itself, one value: servers refuse an array (RFC 7523 §3)
     */
    public ClientAssertion(SigningKey key, String clientId, String audience, Clock clock) {
        this(() -> key, clientId, audience, clock);
    }

    /** The same with keys that take turns: asked for each assertion, such as {@link SigningKeys#current}. */
    public ClientAssertion(Supplier<SigningKey> key, String clientId, String audience, Clock clock) {
        this.key = key;
        this.clientId = clientId;
        this.audience = audience;
        this.clock = clock;
    }

    @Override
    public String get() {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("aud", audience);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        return new JwtSigner(key.get()).sign(claims);
    }

    @Override
    public String toString() {
        return "ClientAssertion[" + clientId + "]";
    }
}
