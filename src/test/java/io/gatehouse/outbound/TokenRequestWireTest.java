package io.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.ClientSecretPost;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.ClientAuthentication.PrivateKeyJwt;
import io.gatehouse.http.ClientAuthentication.PublicClient;
import io.gatehouse.http.ClientAuthentication.TlsClient;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.outbound.TokenClientSettings.AssertionForm;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, field by field, as the reference systems send it. */
@Timeout(60)
class TokenRequestWireTest {

    private static final TokenRequest NOTHING_MORE = TokenRequest.empty();

    private final RecordingServer server =
            RecordingServer.saying("{\"access_token\":\"at-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    private final JsonHttpClient http = JsonHttpClient.create(HttpSettings.defaults());
    private final MutableClock clock = new MutableClock();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private TokenClientSettings settings(ClientAuthentication authentication) {
        return TokenClientSettings.of(TokenEndpoints.at(server.uri("/token")), authentication);
    }

    private TokenClient client(TokenClientSettings settings) {
        return TokenClients.create(settings, http, clock, Runnable::run);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private void sentIs(String authorization) {
        assertThat(server.only().method()).isEqualTo("POST");
        assertThat(server.only().target()).isEqualTo("/token");
        assertThat(server.only().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(server.only().header("Accept")).isEqualTo("application/json");
        assertThat(server.only().header("Authorization")).isEqualTo(authorization);
    }

    /** The Baikal SDK. */
    @Nested
    class Baikal {

        private final ClientSecretBasic raw = new ClientSecretBasic("baikal", "s%cr+t", CredentialsEncoding.RAW);

        @Test
        void asksForItselfWithScopesAndPurposes() {
            TokenResult result = client(settings(raw))
                    .clientCredentials(NOTHING_MORE
                            .withScopes("phone", "email")
                            .withParameter("purpose", "fraud-prevention customer-support")
                            .withHeader("X-Correlator", "c-1"));

            assertThat(result.orThrow().accessToken()).isEqualTo("at-1");
            sentIs(basic("baikal:s%cr+t"));
            assertThat(server.only().header("X-Correlator")).isEqualTo("c-1");
            assertThat(server.only().form())
                    .containsExactly(
                            entry("grant_type", List.of("client_credentials")),
                            entry("scope", List.of("phone email")),
                            entry("purpose", List.of("fraud-prevention customer-support")));
        }

        @Test
        void asksForItselfWithNothingMore() {
            client(settings(raw)).clientCredentials(NOTHING_MORE);

            sentIs(basic("baikal:s%cr+t"));
            assertThat(server.only().form()).containsExactly(entry("grant_type", List.of("client_credentials")));
        }

        @Test
        void bringsACode() {
            client(settings(raw)).code("c0de", URI.create("https://app.example/callback?x=1"), NOTHING_MORE);

            sentIs(basic("baikal:s%cr+t"));
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("authorization_code")),
                            entry("code", List.of("c0de")),
                            entry("redirect_uri", List.of("https://app.example/callback?x=1")));
        }
    }

    @Test
    void namesUsAsConfigured() {
        client(settings(new ClientSecretBasic("id", "secret", CredentialsEncoding.FORM)))
                .clientCredentials(NOTHING_MORE.withHeader("user-agent", "shop/1.0"));

        assertThat(server.only().header("User-Agent")).isEqualTo("shop/1.0");
    }

    /** The user grant of the Baikal SDK (parity: aud is the discovered issuer, one text). */
    @Nested
    class UserGrant {

        private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

        private final FakeSigningKeys keys = FakeSigningKeys.signingWith("k-1", TestKeys.RSA, SignatureAlgorithm.RS256);
        private final UserAssertion assertion = UserAssertion.forSubject("user-1")
                .withScopes("phone", "email")
                .withPurposes("fraud-prevention", "customer-support")
                .withAuthorizationId("2d1cf8a6-6e0b-4e0c-8b13-f3c0c55ad8f6")
                .withIdentifier("+34600000000", "phone_number")
                .withAcr("2");

        private TokenClientSettings settingsOf(Assertions assertions) {
            return settings(new ClientSecretBasic("baikal", "s%cr+t", CredentialsEncoding.RAW))
                    .withAssertions(assertions, keys);
        }

        private Assertions as(AssertionForm form) {
            return new Assertions("our-issuer", "https://as.example/", Assertions.DEFAULT_LIFETIME, form);
        }

        private String sentAssertion() {
            return server.only().form().get("assertion").get(0);
        }

        private Map<String, Object> part(int index) {
            String part = sentAssertion().split("\\.", -1)[index];
            return TestJson.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        }

        private Map<String, Object> ofTheUser() {
            return Map.of(
                    "sub", "user-1",
                    "scope", "phone email",
                    "purpose", "fraud-prevention customer-support",
                    "authorization_id", "2d1cf8a6-6e0b-4e0c-8b13-f3c0c55ad8f6",
                    "identifier", Map.of("id", "+34600000000", "type", "phone_number"),
                    "acr", "2");
        }

        @Test
        void isAnAssertionByTheStandard() {
            client(settingsOf(as(AssertionForm.STANDARD)))
                    .jwtBearer(assertion, NOTHING_MORE)
                    .orThrow();

            sentIs(basic("baikal:s%cr+t"));
            assertThat(server.only().form().keySet()).containsExactlyInAnyOrder("grant_type", "assertion");
            assertThat(server.only().form()).containsEntry("grant_type", List.of(JWT_BEARER));
            assertThat(part(0)).isEqualTo(Map.of("alg", "RS256", "typ", "JWT", "kid", "k-1"));
            Map<String, Object> claims = new HashMap<>(part(1));
            assertThat(claims.remove("jti")).asString().hasSize(36);
            assertThat(claims.remove("iss")).isEqualTo("our-issuer");
            assertThat(claims.remove("aud")).isEqualTo("https://as.example/");
            assertThat(claims.remove("iat")).isEqualTo(clock.instant().getEpochSecond());
            assertThat(claims.remove("exp")).isEqualTo(clock.instant().getEpochSecond() + 120);
            assertThat(claims).isEqualTo(ofTheUser());
        }

        @Test
        void isTheAssertionOfTheSdkWhereThatIsAsked() {
            client(settingsOf(as(AssertionForm.BAIKAL)))
                    .jwtBearer(assertion, NOTHING_MORE)
                    .orThrow();

            assertThat(server.only().form().keySet()).containsExactlyInAnyOrder("grant_type", "assertion");
            Map<String, Object> claims = new HashMap<>(part(1));
            assertThat(claims.remove("jti")).as("beyond what the SDK sends").isNotNull();
            assertThat(claims.remove("active")).isEqualTo(true);
            assertThat(claims.remove("iss")).isEqualTo("our-issuer");
            assertThat(claims.remove("aud")).isEqualTo("https://as.example/");
            assertThat(claims.remove("iat")).isEqualTo(clock.instant().getEpochSecond());
            assertThat(claims.remove("exp")).isEqualTo(clock.instant().getEpochSecond() + 3600);
            assertThat(claims).isEqualTo(ofTheUser());
        }

        @Test
        void putsConfiguredScopesAndPurposesWhereTheSdkPutsThem() {
            TokenRequest configured = NOTHING_MORE.withScopes("phone").withParameter("purpose", "p q");
            client(settingsOf(as(AssertionForm.BAIKAL)).withDefaults(configured))
                    .jwtBearer(UserAssertion.forSubject("u").withScopes("email"), NOTHING_MORE)
                    .orThrow();

            assertThat(server.only().form().keySet()).containsExactlyInAnyOrder("grant_type", "assertion");
            assertThat(part(1)).containsEntry("scope", "email").containsEntry("purpose", "p q");
        }

        @Test
        void putsConfiguredScopesBesideTheAssertionByTheStandard() {
            TokenRequest configured = NOTHING_MORE.withScopes("phone", "email").withParameter("purpose", "p q");
            client(settingsOf(as(AssertionForm.STANDARD)).withDefaults(configured))
                    .jwtBearer(UserAssertion.forSubject("u"), NOTHING_MORE)
                    .orThrow();

            assertThat(server.only().form())
                    .containsEntry("scope", List.of("phone email"))
                    .containsEntry("purpose", List.of("p q"));
            assertThat(part(1)).doesNotContainKeys("scope", "purpose");
        }

        @Test
        void isMeantForTheIssuerThatWasFound() {
            server.answerWith(request -> RecordingServer.Answer.json(
                    request.method().equals("GET")
                            ? "{\"issuer\":\"https://found.example/\",\"token_endpoint\":\"" + server.uri("/token")
                                    + "\"}"
                            : "{\"access_token\":\"at-1\"}"));
            IssuerMetadata metadata = new IssuerMetadata(
                    List.of(server.uri("/.well-known/openid-configuration")),
                    Set.of("https://found.example", "https://found.example/"),
                    "",
                    http,
                    clock);
            TokenClientSettings found = TokenClientSettings.of(
                            TokenEndpoints.discovered(metadata), new PublicClient("native"))
                    .withAssertions(Assertions.of("our-issuer"), keys);

            client(found).jwtBearer(UserAssertion.forSubject("u"), NOTHING_MORE).orThrow();

            String sent = server.requests().get(1).form().get("assertion").get(0);
            assertThat(TestJson.parse(new String(
                            Base64.getUrlDecoder().decode(sent.split("\\.", -1)[1]), StandardCharsets.UTF_8)))
                    .containsEntry("aud", "https://found.example/");
        }

        @Test
        void isMeantForTheConfiguredIssuerOrElseTheEndpoint() {
            TokenEndpoints endpoints = TokenEndpoints.at(server.uri("/token"));
            for (TokenEndpoints some : List.of(endpoints, endpoints.withIssuer("https://issuer.example"))) {
                client(TokenClientSettings.of(some, new PublicClient("n"))
                                .withAssertions(Assertions.of("our-issuer"), keys))
                        .jwtBearer(UserAssertion.forSubject("u"), NOTHING_MORE)
                        .orThrow();
            }

            assertThat(server.requests().stream()
                            .map(request ->
                                    request.form().get("assertion").get(0).split("\\.", -1)[1])
                            .map(part -> TestJson.parse(
                                    new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8)))
                            .map(claims -> claims.get("aud")))
                    .containsExactly(server.uri("/token").toString(), "https://issuer.example");
        }

        @Test
        void cannotBeUsedWithoutAKey() {
            TokenResult result =
                    client(settings(new PublicClient("n"))).jwtBearer(UserAssertion.forSubject("u"), NOTHING_MORE);

            assertThat(result).isInstanceOf(TokenResult.ClientRejected.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** Keycloak and oidc-provider: an assertion is taken once, a certificate is the proof by itself. */
    @Nested
    class ProofsWithoutASecret {

        private Map<String, Object> part(RecordingServer.Request request, int index) {
            String part = request.form().get("client_assertion").get(0).split("\\.", -1)[index];
            return TestJson.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        }

        @Test
        void areAssertionsOfTheKeyThatSignsNow() {
            Iterator<FakeSigningKeys> keys = List.of(
                            FakeSigningKeys.signingWith("old", TestKeys.P_256, SignatureAlgorithm.ES256),
                            FakeSigningKeys.signingWith("new", TestKeys.OTHER_P_256, SignatureAlgorithm.ES256))
                    .iterator();
            ClientAssertion assertion =
                    new ClientAssertion(() -> keys.next().current(), "orders", "https://as.example/realm", clock);
            TokenClient client = client(settings(new PrivateKeyJwt("orders", assertion)));

            client.clientCredentials(NOTHING_MORE).orThrow();
            client.clientCredentials(NOTHING_MORE).orThrow();

            RecordingServer.Request first = server.requests().get(0);
            RecordingServer.Request second = server.requests().get(1);
            assertThat(first.header("Authorization")).isNull();
            assertThat(first.form().keySet())
                    .containsExactlyInAnyOrder("grant_type", "client_id", "client_assertion_type", "client_assertion");
            assertThat(first.form())
                    .containsEntry("client_id", List.of("orders"))
                    .containsEntry(
                            "client_assertion_type", List.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            assertThat(part(first, 1))
                    .containsEntry("iss", "orders")
                    .containsEntry("sub", "orders")
                    .containsEntry("aud", "https://as.example/realm");
            assertThat(part(first, 0)).containsEntry("kid", "old");
            assertThat(part(second, 0)).containsEntry("kid", "new");
            assertThat(part(second, 1).get("jti")).isNotEqualTo(part(first, 1).get("jti"));
        }

        @Test
        void areTheConnectionItself() {
            client(settings(new TlsClient("orders")))
                    .clientCredentials(NOTHING_MORE)
                    .orThrow();

            sentIs(null);
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("client_credentials")), entry("client_id", List.of("orders")));
        }
    }

    /** RFC 8693, as Keycloak and oidc-provider take it. */
    @Nested
    class Exchange {

        private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
        private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

        private final ClientSecretPost post = new ClientSecretPost("rs", "secret");

        @Test
        void bringsTheTokenOfTheCaller() {
            client(settings(post)).exchange("caller.s.token", NOTHING_MORE).orThrow();

            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of(EXCHANGE)),
                            entry("subject_token", List.of("caller.s.token")),
                            entry("subject_token_type", List.of(ACCESS_TOKEN)),
                            entry("client_id", List.of("rs")),
                            entry("client_secret", List.of("secret")));
        }

        @Test
        void saysWhatItIsFor() {
            client(settings(post).withDefaults(NOTHING_MORE.withParameter("audience", "configured")))
                    .exchange(
                            "caller.s.token",
                            NOTHING_MORE
                                    .withScopes("read")
                                    .withParameter("audience", "orders")
                                    .withParameter("resource", "https://a.example/")
                                    .withParameter("resource", "https://b.example/")
                                    .withParameter("requested_token_type", ACCESS_TOKEN)
                                    .withParameter("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"))
                    .orThrow();

            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of(EXCHANGE)),
                            entry("scope", List.of("read")),
                            entry("subject_token", List.of("caller.s.token")),
                            entry("subject_token_type", List.of("urn:ietf:params:oauth:token-type:jwt")),
                            entry("audience", List.of("orders")),
                            entry("resource", List.of("https://a.example/", "https://b.example/")),
                            entry("requested_token_type", List.of(ACCESS_TOKEN)),
                            entry("client_id", List.of("rs")),
                            entry("client_secret", List.of("secret")));
        }
    }

    /** The Globus SDK. */
    @Nested
    class Globus {

        private final ClientSecretBasic app = new ClientSecretBasic("g", "sécret:", CredentialsEncoding.RAW);

        private TokenClient atAllEndpoints() {
            return client(TokenClientSettings.of(
                            TokenEndpoints.at(server.uri("/v2/oauth2/token"))
                                    .withIntrospectionEndpoint(server.uri("/v2/oauth2/token/introspect"))
                                    .withRevocationEndpoint(server.uri("/v2/oauth2/token/revoke")),
                            app)
                    .withDefaults(NOTHING_MORE.withScopes("openid").withParameter("audience", "x")));
        }

        @Test
        void asksForDependentTokens() {
            server.answerWith(request -> RecordingServer.Answer.json("""
                    [{"access_token":"a","resource_server":"transfer","scope":"t:all","token_type":"Bearer"},
                     {"access_token":"b","resource_server":"groups","scope":"g:read","token_type":"Bearer"}]"""));

            TokenResponse response = client(settings(app))
                    .dependentTokens(
                            "caller-token",
                            NOTHING_MORE.withParameter("access_type", "offline").withScopes("t:all", "g:read"))
                    .orThrow();

            sentIs(basic("g:sécret:"));
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("urn:globus:auth:grant_type:dependent_token")),
                            entry("token", List.of("caller-token")),
                            entry("scope", List.of("t:all g:read")),
                            entry("access_type", List.of("offline")));
            assertThat(response.resourceServer()).isEqualTo("transfer");
            assertThat(response.otherTokens())
                    .extracting(TokenResponse::resourceServer, TokenResponse::accessToken)
                    .containsExactly(tuple("groups", "b"));
        }

        @Test
        void asksAboutAToken() {
            server.answerWith(request -> RecordingServer.Answer.json("{\"active\":true,\"sub\":\"u\"}"));

            IntrospectionResult result =
                    atAllEndpoints().introspect("caller-token", NOTHING_MORE.withParameter("include", "identity_set"));

            assertThat(server.only().target()).isEqualTo("/v2/oauth2/token/introspect");
            assertThat(server.only().header("Authorization")).isEqualTo(basic("g:sécret:"));
            assertThat(server.only().form())
                    .containsOnly(entry("token", List.of("caller-token")), entry("include", List.of("identity_set")));
            assertThat(result).isEqualTo(new IntrospectionResult.Active(Map.of("active", true, "sub", "u")));
        }

        @Test
        void revokesAToken() {
            server.answerWith(request -> new RecordingServer.Answer(200, "text/plain", ""));

            RevocationResult result = atAllEndpoints().revoke("r-1", NOTHING_MORE);

            assertThat(server.only().target()).isEqualTo("/v2/oauth2/token/revoke");
            assertThat(server.only().header("Authorization")).isEqualTo(basic("g:sécret:"));
            assertThat(server.only().form()).containsOnly(entry("token", List.of("r-1")));
            assertThat(result).isEqualTo(new RevocationResult.Revoked());
        }

        @Test
        void refreshesAsAConfidentialClient() {
            client(settings(new ClientSecretBasic("g", "sécret:", CredentialsEncoding.RAW))
                            .withDefaults(NOTHING_MORE.withScopes("openid")))
                    .refresh("r-1", NOTHING_MORE);

            sentIs(basic("g:sécret:"));
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("refresh_token")), entry("refresh_token", List.of("r-1")));
        }

        @Test
        void refreshesAsAPublicClient() {
            client(settings(new PublicClient("native"))).refresh("r-1", NOTHING_MORE);

            sentIs(null);
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("refresh_token")),
                            entry("refresh_token", List.of("r-1")),
                            entry("client_id", List.of("native")));
        }

        @Test
        void bringsACodeWithItsVerifier() {
            client(settings(new PublicClient("native")))
                    .code(
                            "c0de",
                            URI.create("https://auth.example/v2/web/auth-code"),
                            NOTHING_MORE.withParameter("code_verifier", "v".repeat(43)));

            sentIs(null);
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("authorization_code")),
                            entry("code", List.of("c0de")),
                            entry("redirect_uri", List.of("https://auth.example/v2/web/auth-code")),
                            entry("code_verifier", List.of("v".repeat(43))),
                            entry("client_id", List.of("native")));
        }
    }

    /** Volue Mesh gets its tokens from Entra ID. */
    @Nested
    class Mesh {

        @Test
        void asksForItselfWithTheSecretInTheForm() {
            client(settings(new ClientSecretPost("app-id", "s~cret"))
                            .withDefaults(NOTHING_MORE.withScopes("api://mesh/.default")))
                    .clientCredentials(NOTHING_MORE);

            sentIs(null);
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("client_credentials")),
                            entry("scope", List.of("api://mesh/.default")),
                            entry("client_id", List.of("app-id")),
                            entry("client_secret", List.of("s~cret")));
        }
    }

    /** Django OAuth Toolkit decodes what RFC 6749 says is encoded. */
    @Nested
    class DjangoOAuthToolkit {

        @Test
        void isAskedWithFormEncodedCredentials() {
            client(settings(new ClientSecretBasic("rs:gate house", "p%40ss+w/ü&=:x", CredentialsEncoding.FORM)))
                    .clientCredentials(NOTHING_MORE.withScopes("introspection"));

            sentIs(basic("rs%3Agate+house:p%2540ss%2Bw%2F%C3%BC%26%3D%3Ax"));
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("client_credentials")),
                            entry("scope", List.of("introspection")));
        }
    }

    /** Authress as a plain OAuth server. */
    @Nested
    class Authress {

        @Test
        void isAskedInJson() {
            client(settings(new ClientSecretPost("sc_1", "s\"cret")).withFormat(TokenClientSettings.Format.JSON))
                    .clientCredentials(NOTHING_MORE);

            assertThat(server.only().header("Content-Type")).isEqualTo("application/json");
            assertThat(server.only().body())
                    .isEqualTo("{\"grant_type\":\"client_credentials\","
                            + "\"client_id\":\"sc_1\",\"client_secret\":\"s\\\"cret\"}");
        }

        @Test
        void isAskedInAFormWhereNoTokenIsAskedFor() {
            client(TokenClientSettings.of(
                                    TokenEndpoints.at(server.uri("/token"))
                                            .withRevocationEndpoint(server.uri("/revoke")),
                                    new ClientSecretPost("sc_1", "secret"))
                            .withFormat(TokenClientSettings.Format.JSON))
                    .revoke("r-1", NOTHING_MORE);

            assertThat(server.only().header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        }
    }
}
