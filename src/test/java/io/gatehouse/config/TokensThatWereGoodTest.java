package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import java.security.KeyPair;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** That a token was let in a moment ago opens nothing: not to itself when its time is over, and not to its neighbours. */
class TokensThatWereGoodTest {

    private static final String GOOD = "alice@example.com";
    private static final Duration LIFETIME = Duration.ofSeconds(300);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final MutableClock clock = new MutableClock();
    private final RecordingServer server = RecordingServer.saying(jwks(TestKeys.RSA));
    private final TestProperties properties = TestProperties.valid().with(ConfigProperty.ISSUER, TestTokens.ISSUER);
    private Gatehouse gatehouse;

    @AfterEach
    void close() {
        if (gatehouse != null) {
            gatehouse.close();
        }
        server.close();
    }

    private static String jwks(KeyPair pair) {
        return TestKeys.jwks(TestKeys.jwk(pair.getPublic(), "kid", TestJson.quote(TestTokens.KID)));
    }

    private String verdict(String token) {
        if (gatehouse == null) {
            gatehouse = new Gatehouse(properties.read(), clock);
        }
        return gatehouse
                .tokenValidator()
                .validate(AccessToken.of(token))
                .match(
                        valid -> valid.token().callerName(),
                        invalid -> invalid.reason().name(),
                        unavailable -> "unavailable");
    }

    private void assertGood(String token) {
        assertThat(verdict(token)).isEqualTo(GOOD);
        assertThat(verdict(token)).isEqualTo(GOOD);
    }

    @Nested
    class ASignedOne {

        private final String token = TestTokens.valid().compact();

        @Test
        void isRefusedAtTheSecondOfItsExpiration() {
            assertGood(token);
            clock.advance(LIFETIME.minus(A_MOMENT));
            assertGood(token);

            clock.advance(A_MOMENT);
            assertThat(verdict(token)).isEqualTo(InvalidTokenReason.EXPIRED.name());
        }

        @Test
        void isRefusedAtItsAge() {
            properties.with("mp.jwt.verify.token.age", "60");
            assertGood(token);

            clock.advance(Duration.ofSeconds(51));
            assertThat(verdict(token)).isEqualTo(InvalidTokenReason.TOO_OLD.name());
        }

        @Test
        void isGoodWhenItsTimeHasComeThoughItWasRefusedBefore() {
            long start = TestTokens.NOW.getEpochSecond() + 60;
            String later = TestTokens.valid().claim("nbf", Long.toString(start)).compact();
            assertThat(verdict(later)).isEqualTo(InvalidTokenReason.NOT_YET_VALID.name());

            clock.advance(Duration.ofSeconds(60));
            assertGood(later);
        }

        @Test
        void isRefusedWhenItsKeyWasWithdrawn() {
            properties
                    .without(ConfigProperty.PUBLIC_KEY)
                    .with(
                            ConfigProperty.PUBLIC_KEY_LOCATION,
                            server.uri("/jwks").toString())
                    .with("gatehouse.jwks.refresh-after", "60s");
            assertGood(token);

            server.answerWith(request -> Answer.json(jwks(TestKeys.OTHER_RSA)));
            clock.advance(Duration.ofSeconds(200));

            assertThat(verdict(token)).isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
        }

        @Test
        void saysNothingForOneThatBeginsOrEndsLikeIt() {
            String other = TestTokens.valid().claim("upn", "\"root\"").compact();
            assertGood(token);

            String[] good = token.split("\\.");
            String[] swapped = other.split("\\.");
            for (String neighbour : new String[] {
                good[0] + "." + swapped[1] + "." + good[2],
                good[0] + "." + good[1] + "." + swapped[2],
                good[0] + "." + good[1] + ".",
                good[0] + "." + good[1],
                token + "A",
                token + "=",
                token + ".",
                token.substring(0, token.length() - 1)
            }) {
                assertThat(verdict(neighbour)).as(neighbour).isIn("SIGNATURE_NOT_VALID", "MALFORMED");
            }
            assertGood(token);
        }

        /** Two texts of one token are two texts: nothing is remembered of the one for the other. */
        @Test
        void hasATwinThatEndsWithIt() {
            properties.with(ConfigProperty.PUBLIC_KEY, jwks(TestKeys.P_256));
            TestTokens tokens = TestTokens.valid().algorithm(SignatureAlgorithm.ES256);
            byte[] signature = tokens.signature();
            String one = tokens.compact(signature);
            String twin = tokens.compact(HighTwin.of(signature));
            assertGood(one);
            assertGood(twin);

            clock.advance(LIFETIME);
            assertThat(verdict(one)).isEqualTo(InvalidTokenReason.EXPIRED.name());
            assertThat(verdict(twin)).isEqualTo(InvalidTokenReason.EXPIRED.name());
        }

        @Test
        void opensNothingAtAnotherIssuerWithAKeyOfTheSameName() {
            properties
                    .with("gatehouse.issuers.other.issuer", "https://other.example")
                    .with("gatehouse.issuers.other.audiences", TestTokens.AUDIENCE)
                    .with("gatehouse.issuers.other.public-key", jwks(TestKeys.OTHER_RSA));
            TestTokens claimsOfOther = TestTokens.valid().claim("iss", "\"https://other.example\"");
            assertGood(token);

            assertThat(verdict(claimsOfOther.compact())).isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
            assertGood(claimsOfOther
                    .signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate())
                    .compact());
            assertThat(verdict(TestTokens.valid()
                            .signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate())
                            .compact()))
                    .isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
        }

        @Test
        void isForgottenAmongThousands() {
            assertGood(token);

            IntStream.range(0, 3000)
                    .forEach(number -> verdict(TestTokens.valid()
                            .claim("jti", Integer.toString(number))
                            .compact(new byte[256])));
            assertGood(token);
            clock.advance(LIFETIME);
            assertThat(verdict(token)).isEqualTo(InvalidTokenReason.EXPIRED.name());
        }
    }

    @Nested
    class OneThatWasAskedAbout {

        private static final String TOKEN = "opaque-token";

        private void asks(long expiresIn) {
            long expiration = TestTokens.NOW.getEpochSecond() + expiresIn;
            server.answerWith(request -> Answer.json("{\"active\":true,\"username\":\"" + GOOD + "\",\"aud\":\""
                    + TestTokens.AUDIENCE + "\",\"exp\":" + expiration + "}"));
            properties
                    .with(
                            "gatehouse.introspection.endpoint",
                            server.uri("/introspect").toString())
                    .with("gatehouse.introspection.bearer-token", "ours")
                    .with("gatehouse.introspection.cache.lifetime", "60s")
                    .with("gatehouse.introspection.cache.stale-if-error", "60s");
        }

        @Test
        void isRefusedAtItsExpirationAlthoughTheAnswerIsRemembered() {
            asks(30);
            assertGood(TOKEN);
            clock.advance(Duration.ofSeconds(30).minus(A_MOMENT));
            assertGood(TOKEN);
            assertThat(server.requests()).hasSize(1);

            clock.advance(A_MOMENT);
            assertThat(verdict(TOKEN)).isEqualTo(InvalidTokenReason.EXPIRED.name());
        }

        @Test
        void isRefusedAtItsExpirationAlsoInAnOutage() {
            asks(30);
            assertGood(TOKEN);

            server.answerWith(request -> new Answer(500, "text/plain", "down"));
            clock.advance(Duration.ofSeconds(30));
            assertThat(verdict(TOKEN)).isIn(InvalidTokenReason.EXPIRED.name(), "unavailable");
        }

        @Test
        void saysNothingForItsNeighbours() {
            asks(300);
            assertGood(TOKEN);
            server.answerWith(request -> Answer.json("{\"active\":false}"));

            for (String neighbour : new String[] {"Opaque-token", "opaque-tokem", "opaque-token=", "opaque-toke"}) {
                assertThat(verdict(neighbour)).as(neighbour).isEqualTo(InvalidTokenReason.NOT_ACTIVE.name());
            }
            assertGood(TOKEN);
        }
    }
}
