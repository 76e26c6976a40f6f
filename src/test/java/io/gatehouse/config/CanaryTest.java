package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a token says makes the gate call anybody but the servers of its configuration (RFC 8725 §3.10). */
class CanaryTest {

    private static final List<String> PLACES = List.of(
            "jku",
            "x5u",
            "jwk",
            "jwks",
            "jwks_uri",
            "iss",
            "cty",
            "url",
            "$schema",
            "@id",
            "x5c",
            "x5t",
            "status",
            "epk");

    /** What such a server would like to be asked for: keys that verify the token. */
    private final RecordingServer canary = RecordingServer.saying(
            TestKeys.jwks(TestKeys.jwk(TestKeys.ED25519.getPublic(), "kid", TestJson.quote(TestTokens.KID))));

    private final RecordingServer issuer = RecordingServer.saying(TestKeys.jwks(
            TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", TestJson.quote(TestTokens.KID)),
            TestKeys.jwk(TestKeys.ED448.getPublic(), "kid", TestJson.quote(TestTokens.KID))));

    private final Gatehouse gatehouse = new Gatehouse(
            TestProperties.withKeysAt(issuer.uri("/jwks").toString())
                    .with(ConfigProperty.ISSUER, TestTokens.ISSUER)
                    .read(),
            TestTokens.CLOCK);

    @AfterEach
    void close() {
        gatehouse.close();
        canary.close();
        issuer.close();
    }

    private boolean accepts(String token) {
        return gatehouse.tokenValidator().validate(AccessToken.of(token)).match(v -> true, i -> false, u -> false);
    }

    private Stream<String> baits() {
        String url = canary.uri("/keys").toString();
        String authority = url.substring("http://".length());
        return Stream.of(
                url,
                "http://issuer.example@" + authority,
                "http://issuer.example\\\\@" + authority,
                "jar:" + url + "!/keys",
                "ldap://" + authority,
                "${jndi:ldap://" + authority + "}",
                "//" + authority,
                "file://" + authority);
    }

    /** Looked for among the keys, once, and nowhere else. */
    @Test
    void isNotAskedForTheKeyThatItsAddressNames() {
        String url = canary.uri("/keys").toString();
        assertThat(accepts(TestTokens.valid().header("kid", TestJson.quote(url)).compact()))
                .isFalse();

        assertThat(canary.requests()).isEmpty();
        assertThat(issuer.requests()).hasSizeLessThanOrEqualTo(2);
    }

    private static String json(String place, String bait) {
        return switch (place) {
            case "x5c" -> "[\"" + bait + "\"]";
            case "jwk", "epk", "status" -> "{\"kty\":\"RSA\",\"x5u\":\"" + bait + "\",\"uri\":\"" + bait + "\"}";
            default -> "\"" + bait + "\"";
        };
    }

    @Test
    void isNotAskedForKeysByAForgedToken() {
        baits().forEach(bait -> PLACES.forEach(place -> {
            TestTokens forged =
                    TestTokens.valid().header(place, json(place, bait)).algorithm(SignatureAlgorithm.EDDSA);
            assertThat(accepts(forged.compact())).as(place + " " + bait).isFalse();
        }));

        assertThat(canary.requests()).isEmpty();
        assertThat(issuer.requests()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void isNotAskedByAGenuineTokenEither() {
        baits().forEach(bait -> PLACES.forEach(place ->
                accepts(TestTokens.valid().header(place, json(place, bait)).compact())));

        assertThat(accepts(TestTokens.valid()
                        .header("jku", json("jku", canary.uri("/keys").toString()))
                        .compact()))
                .isTrue();
        assertThat(canary.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "sub",
                "upn",
                "jti",
                "cnf",
                "status",
                "_claim_sources",
                "act",
                "jwks_uri",
                "picture",
                "profile"
            })
    void isNotAskedBecauseOfAClaim(String claim) {
        baits().forEach(bait -> {
            for (String json : List.of(
                    "\"" + bait + "\"",
                    "{\"jku\":\"" + bait + "\",\"status_list\":{\"uri\":\"" + bait + "\"},\"src1\":{\"endpoint\":\""
                            + bait + "\"}}")) {
                accepts(TestTokens.valid().claim(claim, json).compact());
                accepts(TestTokens.valid()
                        .claim(claim, json)
                        .algorithm(SignatureAlgorithm.EDDSA)
                        .compact());
            }
        });

        assertThat(canary.requests()).isEmpty();
    }
}
