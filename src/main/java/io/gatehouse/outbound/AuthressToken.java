package io.gatehouse.outbound;

import io.gatehouse.jwt.JwtSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The token that a service client of Authress makes for itself, good for a day. Stateless; thread-safe. */
final class AuthressToken implements RenewableToken.Source {

    /** Renewed an hour before its end. */
    static final Duration RENEW_BEFORE = Duration.ofHours(1);

    private static final Duration LIFE = Duration.ofDays(1);

    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?(/.*)?");

    private static final Pattern OF_AUTHRESS = Pattern.compile("(https?://)?([^/]+\\.)?authress\\.io(:\\d+)?(/.*)?");

    private final AuthressAccessKey key;
    private final String issuer;
    private final JwtSigner signer;
    private final Clock clock;

    /** @param serviceDomain the account's own domain; null, or one of Authress, for the account's address at Authress */
    AuthressToken(AuthressAccessKey key, @Nullable String serviceDomain, Clock clock) {
        this.key = key;
        this.issuer = origin(key, serviceDomain) + "/v1/clients/" + encode(key.clientId());
        this.signer = new JwtSigner(key.key(), "at+jwt");
        this.clock = clock;
    }

    /** A domain of Authress itself is where the account's users log in: its service clients have another. */
    private static String origin(AuthressAccessKey key, @Nullable String serviceDomain) {
        if (serviceDomain == null || OF_AUTHRESS.matcher(serviceDomain).matches()) {
            return "https://" + key.account() + ".api.authress.io";
        }
        String url = serviceDomain.contains("://")
                ? serviceDomain
                : (LOCAL.matcher(serviceDomain).matches() ? "http://" : "https://") + serviceDomain;
        return url.replaceAll("/+$", "");
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public TokenResult fetch(@Nullable TokenResponse replaced) {
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", key.audience());
        claims.put("iss", issuer);
        claims.put("sub", key.clientId());
        claims.put("client_id", key.clientId());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        claims.put("scope", "openid");
        return new TokenResult.Granted(new TokenResponse(
                signer.sign(claims), "Bearer", now, LIFE, Set.of("openid"), null, null, null, Map.of(), List.of()));
    }

    @Override
    public String toString() {
        return "AuthressToken[" + issuer + "]";
    }
}
