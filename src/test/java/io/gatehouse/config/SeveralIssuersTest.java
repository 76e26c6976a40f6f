package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import java.security.KeyPair;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers side by side in one application: their keys, answers and roles never cross. */
class SeveralIssuersTest {

    private static final String A = "https://a.example";
    private static final String B = "https://b.example";
    private static final String DOWN = "http://127.0.0.1:9";

    private final TestProperties properties = TestProperties.none();
    private final RecordingServer serverOfA = RecordingServer.saying(answer("alice", "[\"a\"]"));
    private final RecordingServer serverOfB = RecordingServer.saying(answer("bob", "[\"b\"]"));
    private Gatehouse gatehouse;

    @AfterEach
    void close() {
        if (gatehouse != null) {
            gatehouse.close();
        }
        serverOfA.close();
        serverOfB.close();
    }

    private static String answer(String username, String groups) {
        return "{\"active\":true,\"username\":\"" + username + "\",\"groups\":" + groups + "}";
    }

    private void issuer(String name, String identifier) {
        set(name, "issuer", identifier);
        set(name, "audiences", TestTokens.AUDIENCE);
    }

    private void set(String name, String ending, String value) {
        properties.with("gatehouse.issuers." + name + "." + ending, value);
    }

    private static String jwks(KeyPair pair) {
        return TestKeys.jwks(TestKeys.jwk(pair.getPublic(), "kid", TestJson.quote(TestTokens.KID)));
    }

    /** Two issuers whose different keys have the same id. */
    private void two() {
        issuer("a", A);
        set("a", "public-key", jwks(TestKeys.RSA));
        issuer("b", B);
        set("b", "public-key", jwks(TestKeys.OTHER_RSA));
    }

    private void asks(String name, RecordingServer server) {
        set(name, "introspection.endpoint", server.uri("/introspect").toString());
        set(name, "introspection.bearer-token", "own-" + name);
    }

    private static TestTokens token(String issuer) {
        return TestTokens.valid().claim("iss", TestJson.quote(issuer));
    }

    private static TestTokens signedBy(KeyPair pair, String issuer) {
        return token(issuer).signedWith(SignatureAlgorithm.RS256, pair.getPrivate());
    }

    private String verdict(TestTokens token) {
        return verdict(token.compact());
    }

    private String verdict(String token) {
        if (gatehouse == null) {
            gatehouse = new Gatehouse(properties.read(), TestTokens.CLOCK);
        }
        return gatehouse
                .tokenValidator()
                .validate(AccessToken.of(token))
                .match(
                        valid -> valid.token().issuer().name() + ": "
                                + valid.token().callerName() + " "
                                + new TreeSet<>(gatehouse.roleMapper().roles(valid.token())),
                        invalid -> invalid.reason().name(),
                        unavailable -> "unavailable");
    }

    @Nested
    class Keys {

        @Test
        void areThoseOfTheIssuerThatTheTokenNames() {
            two();

            assertThat(verdict(signedBy(TestKeys.RSA, A))).isEqualTo("a: alice@example.com [clerk, user]");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).isEqualTo("b: alice@example.com [clerk, user]");
        }

        @Test
        void areGoodForNoOtherIssuer() {
            two();

            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, A)))
                    .isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
            assertThat(verdict(signedBy(TestKeys.RSA, B))).isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://c.example", "https://a.example/", "https://A.example", ""})
        void areNoneForAnIssuerThatIsNotTrusted(String issuer) {
            two();

            assertThat(verdict(signedBy(TestKeys.RSA, issuer))).isEqualTo(InvalidTokenReason.ISSUER_NOT_TRUSTED.name());
        }

        @Test
        void areEachForTheAlgorithmsOfTheirIssuer() {
            two();
            set("b", "algorithms", "RS512");

            assertThat(verdict(signedBy(TestKeys.RSA, A))).startsWith("a:");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B)))
                    .isEqualTo(InvalidTokenReason.ALGORITHM_NOT_ACCEPTED.name());
        }

        @Test
        void outOfReachOfOneIssuerAreNoMatterToTheOther() {
            issuer("a", A);
            set("a", "jwks-uri", DOWN + "/jwks");
            issuer("b", B);
            set("b", "public-key", jwks(TestKeys.OTHER_RSA));

            assertThat(verdict(signedBy(TestKeys.RSA, A))).isEqualTo("unavailable");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).startsWith("b:");
        }

        /** Authress: each service client has keys of its own below what it calls itself. */
        @Test
        void belowTheIssuerAreEachForOneIssuerOfATemplate() {
            try (RecordingServer server = new RecordingServer(request -> switch (request.target()) {
                case "/clients/one/jwks" -> Answer.json(jwks(TestKeys.RSA));
                case "/clients/two/jwks" -> Answer.json(jwks(TestKeys.OTHER_RSA));
                default -> new Answer(404, "text/plain", "");
            })) {
                String clients = server.uri("/clients/").toString();
                issuer("a", clients + "{sub}");
                set("a", "principal-claims", "sub");
                set("a", "jwks-uri", "{iss}/jwks");

                assertThat(verdict(client(TestKeys.RSA, clients + "one", "one")))
                        .startsWith("a: one");
                assertThat(verdict(client(TestKeys.OTHER_RSA, clients + "two", "two")))
                        .startsWith("a: two");
                assertThat(verdict(client(TestKeys.RSA, clients + "two", "two")))
                        .isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
                assertThat(verdict(client(TestKeys.RSA, clients + "one", "two")))
                        .isEqualTo(InvalidTokenReason.ISSUER_NOT_TRUSTED.name());
                assertThat(verdict(client(TestKeys.RSA, clients + "three", "three")))
                        .isEqualTo("unavailable");
                assertThat(verdict(client(TestKeys.RSA, clients + "..", ".."))).isEqualTo("ISSUER_NOT_TRUSTED");
                assertThat(server.requests())
                        .extracting(RecordingServer.Request::target)
                        .containsExactlyInAnyOrder("/clients/one/jwks", "/clients/two/jwks", "/clients/three/jwks");
            }
        }

        private TestTokens client(KeyPair pair, String issuer, String subject) {
            return signedBy(pair, issuer).claim("sub", TestJson.quote(subject));
        }
    }

    @Nested
    class Discovery {

        @ParameterizedTest
        @CsvSource({
            "/main, /main/.well-known/openid-configuration",
            "/main, /.well-known/oauth-authorization-server/main",
            "/main, /main/.well-known/oauth-authorization-server",
            "/main, /.well-known/openid-configuration/main",
            "/main/, /main/.well-known/openid-configuration",
            "/main/, /.well-known/oauth-authorization-server/main",
            "'', /.well-known/oauth-authorization-server",
            "/, /.well-known/openid-configuration"
        })
        void findsTheKeysWhereverTheDocumentIs(String path, String document) {
            serverOfA.answerWith(request -> {
                if (request.target().equals(document)) {
                    return Answer.json("{\"issuer\":\"" + serverOfA.uri(path) + "\",\"jwks_uri\":\""
                            + serverOfA.uri("/keys") + "\"}");
                }
                return request.target().equals("/keys")
                        ? Answer.json(jwks(TestKeys.RSA))
                        : new Answer(404, "text/html", "<h1>Not found</h1>");
            });
            issuer("a", serverOfA.uri(path).toString());

            assertThat(verdict(signedBy(TestKeys.RSA, serverOfA.uri(path).toString())))
                    .startsWith("a:");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/other", "/main/", "/MAIN", ""})
        void takesNoKeysFromTheDocumentOfAnother(String issuer) {
            serverOfA.answerWith(request -> request.target().equals("/keys")
                    ? Answer.json(jwks(TestKeys.RSA))
                    : Answer.json("{\"issuer\":\"" + serverOfA.uri(issuer) + "\",\"jwks_uri\":\""
                            + serverOfA.uri("/keys") + "\"}"));
            issuer("a", serverOfA.uri("/main").toString());

            assertThat(verdict(signedBy(TestKeys.RSA, serverOfA.uri("/main").toString())))
                    .isEqualTo("unavailable");
            assertThat(serverOfA.requests())
                    .noneMatch(request -> request.target().equals("/keys"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "[]", "", "<html>", "{\"issuer\":null}", "null"})
        void isUnavailableWhereTheDocumentIsRubbish(String document) {
            serverOfA.answerWith(request -> Answer.json(document));
            issuer("a", serverOfA.uri("/main").toString());

            assertThat(verdict(signedBy(TestKeys.RSA, serverOfA.uri("/main").toString())))
                    .isEqualTo("unavailable");
        }
    }

    @Nested
    class Answers {

        @Test
        void areAskedOfTheIssuerThatAJwtNames() {
            two();
            set("a", "validation", "introspection");
            asks("a", serverOfA);
            set("b", "validation", "introspection");
            asks("b", serverOfB);
            properties.with("gatehouse.opaque-tokens", "a");

            assertThat(verdict(token(A))).isEqualTo("a: alice [a]");
            assertThat(verdict(token(B))).isEqualTo("b: bob [b]");
            assertThat(serverOfA.only().header("Authorization")).isEqualTo("Bearer own-a");
            assertThat(serverOfB.only().header("Authorization")).isEqualTo("Bearer own-b");
        }

        @Test
        void confirmWhatTheKeysSayOfOneIssuerOnly() {
            two();
            set("a", "validation", "both");
            asks("a", serverOfA);

            assertThat(verdict(signedBy(TestKeys.RSA, A))).startsWith("a: ");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, A)))
                    .isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).startsWith("b: ");
            assertThat(verdict("opaque")).isEqualTo(InvalidTokenReason.MALFORMED.name());
            assertThat(serverOfA.requests()).hasSize(1);

            serverOfA.answerWith(request -> Answer.json("{\"active\":false}"));
            assertThat(verdict(signedBy(TestKeys.RSA, A).claim("jti", "\"revoked\"")))
                    .isEqualTo(InvalidTokenReason.NOT_ACTIVE.name());
        }

        @Test
        void areAskedForAboutOpaqueTokensOfOneIssuerOnly() {
            two();
            set("a", "validation", "auto");
            asks("a", serverOfA);
            set("b", "validation", "auto");
            asks("b", serverOfB);
            properties.with("gatehouse.opaque-tokens", "b");

            assertThat(verdict("opaque")).isEqualTo("b: bob [b]");
            assertThat(verdict(token("https://c.example"))).isEqualTo("b: bob [b]");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, A)))
                    .isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
            assertThat(serverOfA.requests()).isEmpty();
        }

        @Test
        void ofOneIssuerDoNotSpeakForAnother() {
            two();
            asks("b", serverOfB);
            serverOfB.answerWith(request ->
                    Answer.json("{\"active\":true,\"username\":\"eve\",\"iss\":\"" + A + "\",\"groups\":[\"a\"]}"));

            assertThat(verdict("opaque")).isEqualTo(InvalidTokenReason.ISSUER_NOT_TRUSTED.name());
        }

        @Test
        void areRememberedPerIssuer() {
            two();
            set("a", "validation", "introspection");
            asks("a", serverOfA);
            set("b", "validation", "introspection");
            asks("b", serverOfB);
            properties.with("gatehouse.opaque-tokens", "b");

            assertThat(verdict("opaque")).isEqualTo("b: bob [b]");
            assertThat(verdict("opaque")).isEqualTo("b: bob [b]");
            serverOfB.only();
            assertThat(verdict(token(A))).isEqualTo("a: alice [a]");
            assertThat(verdict(token(A))).isEqualTo("a: alice [a]");
            serverOfA.only();
        }

        @Test
        void outOfReachOfOneIssuerAreNoMatterToTheOther() {
            two();
            set("a", "validation", "introspection");
            set("a", "introspection.endpoint", DOWN + "/introspect");
            set("a", "introspection.bearer-token", "own");

            assertThat(verdict(signedBy(TestKeys.RSA, A))).isEqualTo("unavailable");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).startsWith("b: ");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void areNotAskedForAboutTokensThatAreTooLong(boolean alone) {
            if (!alone) {
                issuer("b", B);
                set("b", "public-key", jwks(TestKeys.OTHER_RSA));
            }
            issuer("a", A);
            asks("a", serverOfA);

            assertThat(verdict("a".repeat(JwtSettings.DEFAULT_MAXIMUM_LENGTH + 1)))
                    .isEqualTo(InvalidTokenReason.TOO_LONG.name());
            assertThat(serverOfA.requests()).isEmpty();
            assertThat(verdict("a".repeat(JwtSettings.DEFAULT_MAXIMUM_LENGTH))).isEqualTo("a: alice [a]");
        }
    }

    @Nested
    class Roles {

        @Test
        void areKeptApartByAPrefix() {
            two();
            set("b", "roles.prefix", "partner:");
            set("b", "roles.map.clerk", "reader");

            assertThat(verdict(signedBy(TestKeys.RSA, A))).endsWith("[clerk, user]");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).endsWith("[partner:clerk, partner:user, reader]");
        }

        @Test
        void areOnlyThoseOfTheMapWhereTheIssuerMayInventNone() {
            two();
            set("b", "roles.mapped-only", "true");
            set("b", "roles.map.clerk", "reader");
            set("b", "roles.defaults", "guest");

            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).endsWith(" [guest, reader]");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B).claim("groups", "[\"admin\",\"guest\"]")))
                    .endsWith(" [guest]");
        }

        @Test
        void ofAnswersAreReadFromOtherClaims() {
            two();
            asks("b", serverOfB);
            set("b", "validation", "auto");
            set("b", "introspection.roles.claims", "username");
            set("b", "roles.prefixes.username", "name:");

            assertThat(verdict("opaque")).isEqualTo("b: bob [name:bob]");
            assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).endsWith("[clerk, user]");
        }
    }

    @Test
    void theDefaultIssuerIsOneAmongOthers() {
        two();
        Map.of(
                        "mp.jwt.verify.issuer", TestTokens.ISSUER,
                        "mp.jwt.verify.publickey", jwks(TestKeys.RSA),
                        "mp.jwt.verify.audiences", TestTokens.AUDIENCE)
                .forEach(properties::with);

        assertThat(verdict(TestTokens.valid())).startsWith("default:");
        assertThat(verdict(signedBy(TestKeys.RSA, A))).startsWith("a:");
        assertThat(verdict(signedBy(TestKeys.RSA, B))).isEqualTo(InvalidTokenReason.SIGNATURE_NOT_VALID.name());
    }

    @Test
    void audiencesAreThoseOfEachIssuer() {
        two();
        set("b", "audiences", "partner-api");

        assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B))).isEqualTo(InvalidTokenReason.AUDIENCE_NOT_ACCEPTED.name());
        assertThat(verdict(signedBy(TestKeys.OTHER_RSA, B).claim("aud", "\"partner-api\"")))
                .startsWith("b:");
        assertThat(verdict(signedBy(TestKeys.RSA, A).claim("aud", "\"partner-api\"")))
                .isEqualTo(InvalidTokenReason.AUDIENCE_NOT_ACCEPTED.name());
    }
}
