package io.gatehouse.benchmarks.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The claims of an access token, shaped like those of a Keycloak server. Immutable.
 *
 * @param issuer {@code iss}
 * @param audience {@code aud}
 * @param issuedAt {@code iat} and {@code nbf}
 * @param lifetime from there to {@code exp}
 * @param groups how many groups the caller is in; the first is {@code user}
 * @param firstGroup the number of the first; the others follow it
 */
public record TokenClaims(
        String issuer, String audience, Instant issuedAt, Duration lifetime, int groups, int firstGroup) {

    /** What applications of the benchmark are called. */
    public static final String AUDIENCE = "orders-api";

    /** Eight groups, valid from a minute ago for a day: a run never sees one expire. */
    public static TokenClaims of(TokenIssuer issuer) {
        return new TokenClaims(
                issuer.name(), AUDIENCE, Instant.now().minus(Duration.ofMinutes(1)), Duration.ofDays(1), 8, 0);
    }

    public TokenClaims withIssuer(String other) {
        return new TokenClaims(other, audience, issuedAt, lifetime, groups, firstGroup);
    }

    public TokenClaims withAudience(String other) {
        return new TokenClaims(issuer, other, issuedAt, lifetime, groups, firstGroup);
    }

    public TokenClaims withGroups(int number) {
        return new TokenClaims(issuer, audience, issuedAt, lifetime, number, firstGroup);
    }

    /** As many groups, but others. */
    public TokenClaims withFirstGroup(int number) {
        return new TokenClaims(issuer, audience, issuedAt, lifetime, groups, number);
    }

    /** The same, an hour past its end. */
    public TokenClaims expired() {
        Duration anHourAgo = lifetime.plusHours(1);
        return new TokenClaims(issuer, audience, issuedAt.minus(anHourAgo), lifetime, groups, firstGroup);
    }

    /** As JSON, for the caller of this number. */
    public String json(int caller) {
        String subject = new UUID(0x1000_4000_8000L, 0x8000_0000_0000_0000L | caller).toString();
        long start = issuedAt.getEpochSecond();
        return "{\"exp\":" + (start + lifetime.toSeconds()) + ",\"iat\":" + start + ",\"nbf\":" + start
                + ",\"jti\":\"" + new UUID(0x2000_4000_8000L, 0x8000_0000_0000_0000L | caller) + "\""
                + ",\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"" + subject + "\""
                + ",\"typ\":\"Bearer\",\"azp\":\"web-shop\",\"session_state\":\"" + subject + "\",\"acr\":\"1\""
                + ",\"scope\":\"openid profile email\",\"email_verified\":true,\"name\":\"Alice Example\""
                + ",\"preferred_username\":\"alice" + caller + "\",\"email\":\"alice" + caller + "@example.com\""
                + ",\"groups\":[" + groupNames() + "]}";
    }

    private String groupNames() {
        return IntStream.range(0, groups)
                .mapToObj(i -> i == 0 ? "\"user\"" : "\"department-" + (firstGroup + i) + "\"")
                .collect(Collectors.joining(","));
    }
}
