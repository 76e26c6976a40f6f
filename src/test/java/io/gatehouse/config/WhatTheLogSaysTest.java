package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.explanation.RefusedRequest;
import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever sees one line of the log only, knows what to change: the line says what is wrong, shows the value that is, and
 * names the property or the place to look at.
 */
class WhatTheLogSaysTest {

    private static final long NOW = TestTokens.NOW.getEpochSecond();
    private static final String ALICE = "alice@example.com";

    private final CapturedLog log = new CapturedLog(RefusalLedger.class);
    private final List<CapturedLog> logs = new ArrayList<>(List.of(log));

    @AfterEach
    void releaseTheLogs() {
        logs.forEach(CapturedLog::close);
    }

    private static TestProperties valid() {
        return TestProperties.valid()
                .with(ConfigProperty.ISSUER, TestTokens.ISSUER)
                .with(ConfigProperty.AUDIENCES, TestTokens.AUDIENCE);
    }

    /** The one line about the token. */
    private String line(TestProperties properties, String token) {
        try (Gatehouse gatehouse = new Gatehouse(properties.read(), TestTokens.CLOCK)) {
            AccessToken presented = AccessToken.of(token);
            Refusal refusal = gatehouse
                    .tokenValidator()
                    .validate(presented)
                    .match(
                            valid -> {
                                throw new AssertionError("valid");
                            },
                            invalid -> Refusal.invalidToken(gatehouse.challenge(), invalid.reason()),
                            unavailable -> Refusal.unavailable(unavailable.retryAfter()));
            gatehouse.ledger().noted(refusal, RefusedRequest.of(presented));
        }
        List<String> lines = log.messages(Level.INFO);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).doesNotContain("\n", token, ALICE, "24400320").hasSizeLessThan(1000);
        return lines.get(0);
    }

    private static Arguments token(String what, UnaryOperator<TestTokens> change, String... words) {
        return token(what, change, properties -> properties, words);
    }

    private static Arguments token(
            String what,
            UnaryOperator<TestTokens> change,
            UnaryOperator<TestProperties> configuration,
            String... words) {
        return Arguments.of(
                what,
                (Function<TestTokens, String>) tokens -> change.apply(tokens).compact(),
                configuration,
                List.of(words));
    }

    private static Arguments text(String what, Function<TestTokens, String> token, String... words) {
        return Arguments.of(what, token, UnaryOperator.<TestProperties>identity(), List.of(words));
    }

    static Stream<Arguments> wrongTokens() {
        return Stream.of(
                token(
                        "expired",
                        token -> token.claim("exp", Long.toString(NOW - 11_000))
                                .claim("iat", Long.toString(NOW - 14_600)),
                        "GATE-EXPIRED",
                        "2026-03-01T08:56:40Z, 3 h 3 min ago",
                        "clock skew: 0 s",
                        "get a new token",
                        "mp.jwt.verify.clock.skew"),
                token(
                        "another application's",
                        token -> token.claim("aud", "[\"api://x\",\"account\"]"),
                        "GATE-AUDIENCE",
                        "audience is [\"api://x\", \"account\"]; accepted: [\"orders-api\"]",
                        "see mp.jwt.verify.audiences"),
                token(
                        "Keycloak without an audience mapper",
                        token -> token.claim("aud", "\"account\""),
                        "GATE-AUDIENCE",
                        "[\"account\"]",
                        "audience mapper"),
                token(
                        "without audience",
                        token -> token.withoutClaim("aud"),
                        "GATE-AUDIENCE",
                        "is missing",
                        "accepted: [\"orders-api\"]",
                        "gatehouse.audience-claim"),
                token(
                        "of a misspelt issuer",
                        token -> token.claim("iss", "\"" + TestTokens.ISSUER + "/\""),
                        "GATE-ISSUER",
                        "\"https://issuer.example/realms/main/\"; trusted: [\"https://issuer.example/realms/main\"]",
                        "see mp.jwt.verify.issuer",
                        "the slash at its end"),
                token(
                        "of another realm",
                        token -> token.claim("iss", "\"https://issuer.example/realms/test\""),
                        "GATE-ISSUER",
                        "\"https://issuer.example/realms/test\"; trusted: [",
                        "see mp.jwt.verify.issuer",
                        "wrong server"),
                token(
                        "signed with a shared secret",
                        token -> token.header("alg", "\"HS256\""),
                        "GATE-ALGORITHM",
                        "\"HS256\"",
                        "never accepted",
                        "RS256"),
                token(
                        "of an algorithm that is not allowed",
                        token -> token.algorithm(SignatureAlgorithm.PS256),
                        properties -> properties.with(ConfigProperty.ALGORITHMS, "RS256,ES256"),
                        "GATE-ALGORITHM",
                        "\"PS256\"; accepted: [\"ES256\", \"RS256\"]",
                        "see gatehouse.algorithms"),
                token(
                        "of an algorithm that the key is not for",
                        token -> token.algorithm(SignatureAlgorithm.PS256),
                        "GATE-ALGORITHM",
                        "\"PS256\", and the key",
                        "mp.jwt.verify.publickey",
                        "gatehouse.algorithms"),
                token(
                        "of another server's key",
                        token -> token.signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate()),
                        "GATE-SIGNATURE",
                        "key-1",
                        "altered, or comes from another server",
                        "mp.jwt.verify.publickey"),
                token(
                        "of another type",
                        token -> token.header("typ", "\"logout+jwt\""),
                        "GATE-TYPE",
                        "\"logout+jwt\"; accepted: [\"at+jwt\", \"jwt\"]",
                        "gatehouse.token-types"),
                token(
                        "an ID token",
                        token -> token.claim("at_hash", "\"x\""),
                        "GATE-TYPE",
                        "ID token",
                        "has to send its access token",
                        "allow-id-tokens"),
                token(
                        "a refresh token",
                        token -> token.claim("typ", "\"Refresh\""),
                        "GATE-TYPE",
                        "a refresh token",
                        "has to send the access token"),
                token(
                        "not valid yet",
                        token -> token.claim("nbf", Long.toString(NOW + 130)),
                        "GATE-NOT-YET-VALID",
                        "2 min 10 s ahead",
                        "compare the clocks",
                        "mp.jwt.verify.clock.skew"),
                token(
                        "issued in the future",
                        token -> token.claim("iat", Long.toString(NOW + 60)),
                        "GATE-ISSUED-AT",
                        "1 min ahead",
                        "compare the clocks"),
                token(
                        "too old",
                        token -> token.claim("iat", Long.toString(NOW - 7200)),
                        properties -> properties.with(ConfigProperty.TOKEN_AGE, "3600"),
                        "GATE-AGE",
                        "2 h ago; at most 1 h",
                        "mp.jwt.verify.token.age"),
                token(
                        "without a required claim",
                        token -> token,
                        properties -> properties.with(ConfigProperty.REQUIRED_CLAIMS, "tenant,sub"),
                        "GATE-CLAIM ",
                        "[\"tenant\"]",
                        "gatehouse.required-claims"),
                token(
                        "of another tenant",
                        token -> token.claim("tenant", "\"alice@example.com\""),
                        properties -> properties.with(ConfigProperty.REQUIRED_CLAIMS, "tenant=acme"),
                        "GATE-CLAIM-VALUE",
                        "\"tenant\" is not one of [\"acme\"]",
                        "gatehouse.required-claims: if such tokens are to be accepted, add their value there"),
                token(
                        "without a scope",
                        token -> token.claim("scope", "\"read\""),
                        properties -> properties.with(ConfigProperty.REQUIRED_SCOPES, "read,write"),
                        "GATE-SCOPE",
                        "lacks the scopes [\"write\"]",
                        "gatehouse.required-scopes"),
                token(
                        "without a name",
                        token -> token.withoutClaim("upn").withoutClaim("sub"),
                        "GATE-CALLER-NAME",
                        "[\"upn\", \"preferred_username\", \"sub\"]",
                        "gatehouse.principal-claims: name a claim there that the issuer's tokens have"),
                token(
                        "bound to a key",
                        token -> token.claim("cnf", "{}"),
                        "GATE-SENDER",
                        "cnf",
                        "gatehouse.allow-sender-constrained-tokens=true"),
                token(
                        "with a critical extension",
                        token -> token.header("crit", "[\"exp\"]"),
                        "GATE-HEADER",
                        "[\"crit\"]",
                        "have the issuer leave them out"),
                text(
                        "opaque",
                        token -> "3f9c2b7e-opaque",
                        "GATE-MALFORMED",
                        "opaque",
                        "set gatehouse.introspection.endpoint"),
                text("cut off", token -> token.compact().replaceFirst("[^.]+$", ""), "GATE-MALFORMED", "cut off"),
                text(
                        "encrypted",
                        token -> Base64Url.encode("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"kid\":\"enc-1\"}"
                                        .getBytes(StandardCharsets.UTF_8))
                                + ".a.b.c.d",
                        "GATE-ENCRYPTED",
                        "alg \"RSA-OAEP\", kid \"enc-1\"",
                        "set mp.jwt.decrypt.key.location"),
                text(
                        "too long",
                        token -> token.claim("padding", "\"" + "x".repeat(20_000) + "\"")
                                .compact(),
                        "GATE-LENGTH",
                        "at most 16384",
                        "gatehouse.maximum-token-length"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTokens")
    void ofAWrongToken(
            String what, Function<TestTokens, String> token, UnaryOperator<TestProperties> change, List<String> words) {
        assertThat(line(change.apply(valid()), token.apply(TestTokens.valid()))).contains(words);
    }

    /** Claims are about a person, and the rest could be used. */
    @Test
    void showsOfATokenNothingButWhatTellsItFromOthers() {
        String token = TestTokens.valid()
                .claim("aud", "\"x\"")
                .claim("name", "\"Alice Example\"")
                .claim("email", "\"secret@example.com\"")
                .compact();

        assertThat(line(valid(), token))
                .contains("kid \"key-1\"", "alg \"RS256\"", "typ \"JWT\"", "iss \"https://", "exp 2026-03-01T12:05:00Z")
                .containsPattern("sha256 [0-9a-f]{8}]")
                .doesNotContain("Alice", "secret@", "24400320", token.split("\\.")[0], token.split("\\.")[1]);
    }

    @Test
    void cannotBeForgedByWhatAStrangerWrote() {
        String token = TestTokens.valid()
                .header("kid", "\"a\\nGATE0003 all is well\\u001b[2J" + "x".repeat(5000) + "\"")
                .claim("iss", "\"https://evil.example/\\\"]; accepted: [\\r\\nhttps://a\"")
                .claim("aud", "[" + "\"a\\u0000\",".repeat(500) + "\"b\"]")
                .compact();

        assertThat(line(valid(), token))
                .doesNotContain("\n", "\r", "\u001b", "\u0000", "/\"]")
                .contains("496 more");
    }

    private static TestProperties named(String ending, String value) {
        return TestProperties.none()
                .with("gatehouse.issuers.staff.issuer", TestTokens.ISSUER)
                .with("gatehouse.issuers.staff.audiences", TestTokens.AUDIENCE)
                .with("gatehouse.issuers.staff." + ending, value);
    }

    static Stream<Arguments> configurationsThatStopTheApplication() {
        return Stream.of(
                Arguments.of(
                        valid().with("gatehouse.required-claim", "tenant"),
                        List.of("gatehouse.required-claim", "did you mean gatehouse.required-claims?")),
                Arguments.of(
                        valid().without(ConfigProperty.ISSUER),
                        List.of("mp.jwt.verify.issuer: is missing", "exact \"iss\"")),
                Arguments.of(
                        valid().without(ConfigProperty.PUBLIC_KEY),
                        List.of("mp.jwt.verify.publickey.location: is missing", "jwks_uri")),
                Arguments.of(
                        named("jwks-uri", "http://issuer.example/jwks"),
                        List.of("gatehouse.issuers.staff.jwks-uri", "is not https", "gatehouse.allow-plain-http=true")),
                Arguments.of(
                        named("issuer", "https://a.example,https://b.example").with("gatehouse.realm", "x"),
                        List.of(
                                "gatehouse.issuers.staff.discovery",
                                "gatehouse.issuers.staff.issuer is not one exact URL",
                                "gatehouse.issuers.staff.jwks-uri")),
                Arguments.of(
                        TestProperties.none()
                                .with("gatehouse.issuers.staff.preset", "authress")
                                .with("gatehouse.issuers.staff.audiences", "x"),
                        List.of(
                                "gatehouse.issuers.staff.issuer: is missing",
                                "gatehouse.issuers.staff.preset.account or gatehouse.issuers.staff.preset.domain",
                                "for the preset authress")),
                Arguments.of(
                        valid().with("gatehouse.refusals.path", "/refusals"),
                        List.of("gatehouse.refusals.role: is missing", "role of those who run the application")),
                Arguments.of(
                        valid().with("gatehouse.refusals.path", "/refusals").with("gatehouse.refusals.role", "**"),
                        List.of("gatehouse.refusals.role", "every caller's")),
                Arguments.of(
                        valid().with("gatehouse.refusals.role", "admin"),
                        List.of("gatehouse.refusals.role", "no effect without gatehouse.refusals.path")));
    }

    @ParameterizedTest
    @MethodSource("configurationsThatStopTheApplication")
    void ofAConfigurationThatStopsTheApplication(TestProperties properties, List<String> words) {
        GatehouseConfigException stopped = catchThrowableOfType(GatehouseConfigException.class, properties::read);

        assertThat(stopped).isNotNull();
        assertThat(stopped.getMessage()).contains(words);
    }

    @Nested
    class OfAConfigurationThatOnlyTheServerShowsToBeWrong {

        private final CapturedLog keys = capture("io.gatehouse.keys.RemoteJwkSet");
        private final CapturedLog introspection = capture("io.gatehouse.introspection.TokenIntrospector");

        private CapturedLog capture(String source) {
            try {
                CapturedLog captured = new CapturedLog(Class.forName(source));
                logs.add(captured);
                return captured;
            } catch (ClassNotFoundException renamed) {
                throw new AssertionError(renamed);
            }
        }

        private RecordingServer answering(int status, String body) {
            return new RecordingServer(request -> new RecordingServer.Answer(status, "application/json", body));
        }

        private TestProperties asking(RecordingServer server) {
            return named("validation", "introspection")
                    .with(
                            "gatehouse.issuers.staff.introspection.endpoint",
                            server.uri("/introspect").toString())
                    .with("gatehouse.issuers.staff.introspection.client-id", "orders")
                    .with("gatehouse.issuers.staff.introspection.client-secret", "wrong");
        }

        @Test
        void theUrlOfTheKeysIsWrong() {
            try (RecordingServer server = answering(404, "{}")) {
                String url = server.uri("/jwks").toString();

                assertThat(line(named("jwks-uri", url), TestTokens.valid().compact()))
                        .contains(
                                "GATE-ISSUER-UNAVAILABLE 503", url, "answered 404", "gatehouse.issuers.staff.jwks-uri");
                assertThat(keys.messages(Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains("GATE0103", url, "answered 404", "look at gatehouse.issuers.staff.jwks-uri");
            }
        }

        @Test
        void theUrlOfTheKeysLeadsSomewhereElse() {
            try (RecordingServer server = answering(301, "{}")) {
                assertThat(line(
                                named("jwks-uri", server.uri("/jwks").toString()),
                                TestTokens.valid().compact()))
                        .contains(
                                "answered with a redirect (301), which is never followed",
                                "see gatehouse.issuers.staff.jwks-uri: something answers there")
                        .doesNotContain("can reach it");
            }
        }

        @Test
        void nobodyIsThereAtAll() {
            assertThat(line(
                            named("jwks-uri", "http://127.0.0.1:9/jwks"),
                            TestTokens.valid().compact()))
                    .contains(
                            "connection refused",
                            "see gatehouse.issuers.staff.jwks-uri, and whether this server can reach it");
        }

        @Test
        @SuppressWarnings("unchecked")
        void theKeysAreForOtherAlgorithms() {
            String curve = TestKeys.jwks(TestKeys.jwk(TestKeys.P_256.getPublic(), "kid", "\"key-1\""));
            try (RecordingServer server = answering(200, curve)) {
                assertThat(line(
                                named("jwks-uri", server.uri("/jwks").toString())
                                        .with("gatehouse.issuers.staff.algorithms", "RS256"),
                                TestTokens.valid().compact()))
                        .contains(
                                "no usable key [key key-1: its algorithm is not among those configured",
                                "see gatehouse.issuers.staff.algorithms, and whether gatehouse.issuers.staff.jwks-uri is"
                                        + " the place of the keys that the issuer signs with");
                assertThat(keys.messages(Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains("GATE0103", "among those configured (gatehouse.algorithms)");
            }
        }

        @Test
        @SuppressWarnings("unchecked")
        void theKeysAreThoseOfAnotherServer() {
            String other = TestKeys.jwks(TestKeys.jwk(TestKeys.OTHER_RSA.getPublic(), "kid", "\"other\""));
            try (RecordingServer server = answering(200, other)) {
                String url = server.uri("/jwks").toString();

                assertThat(line(named("jwks-uri", url), TestTokens.valid().compact()))
                        .contains(
                                "GATE-KEY 401",
                                "\"key-1\"",
                                url + " (1 key, read at 2026-03-01T12:00:00Z)",
                                "gatehouse.issuers.staff.jwks-uri is not the place");
            }
        }

        @Test
        void theMetadataAreThoseOfAnotherServer() {
            try (RecordingServer server = answering(200, "{\"issuer\":\"https://other.example\"}")) {
                String url = server.uri("/metadata").toString();

                assertThat(line(named("discovery", url), TestTokens.valid().compact()))
                        .contains("GATE-ISSUER-UNAVAILABLE", "https://other.example", "gatehouse.issuers.staff.issuer");
            }
        }

        @Test
        void theIntrospectionEndpointIsWrong() {
            try (RecordingServer server = answering(404, "{}")) {
                assertThat(line(asking(server), "opaque"))
                        .contains(
                                "GATE-ISSUER-UNAVAILABLE",
                                "/introspect (it answered 404)",
                                "gatehouse.issuers.staff.introspection.endpoint");
                assertThat(introspection.messages(Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains("GATE0301", "404", "gatehouse.issuers.staff.introspection.endpoint");
            }
        }

        @Test
        void theClientSecretIsWrong() {
            try (RecordingServer server = answering(401, "{\"error\":\"invalid_client\"}")) {
                assertThat(line(asking(server), "opaque"))
                        .contains(
                                "GATE-ISSUER-UNAVAILABLE",
                                "rejects our own credentials: 401",
                                "see gatehouse.issuers.staff.introspection.client-id, and the secret, key or token")
                        .doesNotContain("can reach it");
                assertThat(introspection.everything())
                        .contains(
                                "GATE0303",
                                "gatehouse.issuers.staff.introspection.client-id",
                                "gatehouse.issuers.staff.introspection.client-secret")
                        .doesNotContain("wrong");
            }
        }

        @Test
        void theClientThatAsksIsNotInTheAudience() {
            try (RecordingServer server = answering(200, "{\"active\":false}")) {
                assertThat(line(asking(server), TestTokens.valid().compact()))
                        .contains(
                                "GATE-NOT-ACTIVE",
                                server.uri("/introspect").toString(),
                                "not in its \"aud\" (see gatehouse.issuers.staff.introspection.client-id)");
            }
        }

        @Test
        void theAudienceIsNotThatOfTheAnswer() {
            String answer = "{\"active\":true,\"sub\":\"a\",\"aud\":\"api://x\",\"iss\":\"" + TestTokens.ISSUER + "\"}";
            try (RecordingServer server = answering(200, answer)) {
                assertThat(line(asking(server), "opaque"))
                        .contains(
                                "GATE-AUDIENCE",
                                "in the issuer's answer is [\"api://x\"]; accepted: [\"orders-api\"]",
                                "see gatehouse.issuers.staff.audiences");
            }
        }
    }

    @Nested
    class OfACallerWhoMayNot {

        private String line(Refusal refusal, Set<String> groups) {
            try (Gatehouse gatehouse = new Gatehouse(valid().read(), TestTokens.CLOCK)) {
                AccessToken token = AccessToken.of(
                        TestTokens.valid().claim("scope", "\"read\"").compact());
                assertThat(gatehouse.tokenValidator().validate(token)).isInstanceOf(TokenValidationResult.Valid.class);
                gatehouse.ledger().noted(refusal, new RefusedRequest(token, () -> groups, "com.example.Orders.delete"));
                return log.messages(Level.INFO).get(0);
            }
        }

        private final io.gatehouse.refusal.BearerChallenge challenge = new io.gatehouse.refusal.BearerChallenge("a");

        @Test
        void itIsARoleThatIsMissing() {
            assertThat(line(Refusal.roleMissing(challenge, List.of("admin")), Set.of("user", "clerk")))
                    .contains(
                            "GATE-ROLE 403",
                            "com.example.Orders.delete",
                            "one of the roles [\"admin\"]",
                            "the groups [\"clerk\", \"user\"]",
                            "gatehouse.roles.map.<role>");
        }

        @Test
        void itIsTheRolesClaimThatIsNotNamed() {
            assertThat(line(Refusal.roleMissing(challenge, List.of("admin")), Set.of()))
                    .contains("no groups at all", "gatehouse.roles.claims: it has to name the claim");
        }

        @Test
        void itIsAScopeThatIsMissing() {
            assertThat(line(Refusal.scopeMissing(challenge, List.of("read", "write")), Set.of()))
                    .contains("GATE-RESOURCE-SCOPE", "asks for the scopes [\"read\", \"write\"]", "lacks [\"write\"]");
        }
    }
}
