package io.gatehouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.attachment.OutboundClient;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.metrics.Measurements;
import io.gatehouse.outbound.TokenException;
import io.gatehouse.outbound.TokenRequest;
import io.gatehouse.outbound.TokenResult;
import io.gatehouse.outbound.TokenStorage;
import io.gatehouse.outbound.UserAssertion;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.RecordingServer.Request;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients as the text of a configuration makes them: what they send, and to whom. */
class OutboundTest {

    private static final URI TARGET = URI.create("https://orders.example.com/v1/orders");

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private final TestProperties properties = TestProperties.valid();
    private final RecordingServer server = new RecordingServer(request -> Answer.json(
            "{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":600,\"refresh_token\":\"next\"}"));
    private @Nullable Gatehouse gatehouse;
    private @Nullable ValidatedToken caller;

    @AfterEach
    void close() {
        if (gatehouse != null) {
            gatehouse.close();
        }
        server.close();
    }

    private OutboundTest with(String ending, String value) {
        properties.with("gatehouse.clients.orders." + ending, value);
        return this;
    }

    private OutboundTest atServer() {
        return with("token-endpoint", server.uri("/token").toString())
                .with("client-id", "shop")
                .with("targets", "https://orders.example.com");
    }

    private OutboundTest withSecret() {
        return atServer().with("client-secret", "s:e%c");
    }

    private OutboundClient client() {
        return client("orders");
    }

    private OutboundClient client(String name) {
        gatehouse = new Gatehouse(
                properties.read(),
                clock,
                new ApplicationParts(
                        AuditTrail.none(),
                        () -> Optional.ofNullable(caller),
                        Optional::empty,
                        Measurements.none(),
                        false));
        return gatehouse.outboundClients().named(name).orElseThrow();
    }

    private static Map<String, String> form(Request request) {
        Map<String, String> form = new TreeMap<>();
        request.form().forEach((name, values) -> form.put(name, String.join("|", values)));
        return form;
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static Map<String, Object> claims(String jwt) {
        byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.")[1]);
        return ((JsonParseResult.Parsed) JsonParser.parseObject(json)).members();
    }

    private String key() throws Exception {
        return Files.writeString(folder.resolve("key.pem"), TestKeys.pem(TestKeys.P_256.getPrivate()))
                .toString();
    }

    @Test
    void doNothingBeforeATokenIsNeeded() {
        withSecret().client();

        assertThat(server.requests()).isEmpty();
    }

    @Nested
    class WithClientCredentials {

        @Test
        void sendWhatIsConfiguredAndTakeTheTokenToTheTargetOnly() {
            withSecret()
                    .with("scopes", "read, write")
                    .with("audience", "a1,a2")
                    .with("resource", "https://orders.example.com")
                    .with("parameters.purpose", "p1 p2")
                    .with("headers.X-Correlator", "c-1");
            OutboundClient client = client();

            assertThat(client.authorizer().authorization(URI.create("https://other.example.com/")))
                    .isEmpty();
            assertThat(server.requests()).isEmpty();
            assertThat(client.authorizer().authorization(TARGET)).contains("Bearer ours");
            assertThat(form(server.only()))
                    .isEqualTo(Map.of(
                            "grant_type", "client_credentials",
                            "scope", "read write",
                            "audience", "a1|a2",
                            "resource", "https://orders.example.com",
                            "purpose", "p1 p2"));
            assertThat(server.only().header("Authorization")).isEqualTo(basic("shop:s%3Ae%25c"));
            assertThat(server.only().header("X-Correlator")).isEqualTo("c-1");
        }

        @Test
        void encodeTheCredentialsAsConfigured() {
            withSecret().with("credentials-encoding", "raw");

            client().authorizer().authorization(TARGET);
            assertThat(server.only().header("Authorization")).isEqualTo(basic("shop:s:e%c"));
        }

        @Test
        void sendTheSecretInTheBody() {
            withSecret().with("client-authentication", "client_secret_post");

            client().authorizer().authorization(TARGET);
            assertThat(form(server.only()))
                    .isEqualTo(
                            Map.of("grant_type", "client_credentials", "client_id", "shop", "client_secret", "s:e%c"));
            assertThat(server.only().header("Authorization")).isNull();
        }

        @Test
        void arePublic() {
            atServer().with("client-authentication", "none");

            client().authorizer().authorization(TARGET);
            assertThat(form(server.only())).isEqualTo(Map.of("grant_type", "client_credentials", "client_id", "shop"));
            assertThat(server.only().header("Authorization")).isNull();
        }

        @Test
        void signWithThePrivateKey() throws Exception {
            atServer().with("private-key.location", key());

            client().authorizer().authorization(TARGET);
            Map<String, String> form = form(server.only());
            assertThat(form)
                    .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            assertThat(claims(form.get("client_assertion")))
                    .containsEntry("iss", "shop")
                    .containsEntry("sub", "shop")
                    .containsEntry("aud", server.uri("/token").toString());
        }

        @Test
        void beginWithTheTokenThatIsThere() {
            withSecret()
                    .with("access-token", "first")
                    .with("expires-at", clock.instant().plusSeconds(100).toString());
            OutboundClient client = client();

            assertThat(client.authorizer().authorization(TARGET)).contains("Bearer first");
            assertThat(server.requests()).isEmpty();
            clock.advance(Duration.ofSeconds(100));
            assertThat(client.authorizer().authorization(TARGET)).contains("Bearer ours");
        }

        @Test
        void renewOnceAfterARefusal() {
            OutboundClient client = withSecret().client();
            String refused = client.authorizer().authorization(TARGET).orElseThrow();
            server.answerWith(request ->
                    Answer.json("{\"access_token\":\"renewed\",\"token_type\":\"Bearer\",\"expires_in\":600}"));

            assertThat(client.authorizer().renewAfterRefusal(TARGET, refused)).isTrue();
            assertThat(client.authorizer().authorization(TARGET)).contains("Bearer renewed");
            assertThat(server.requests()).hasSize(2);
        }

        @Test
        void findTheEndpointInTheMetadata() {
            server.answerWith(request -> Answer.json(
                    request.target().contains("/.well-known/")
                            ? "{\"issuer\":\"" + server.uri("/realm") + "\",\"token_endpoint\":\""
                                    + server.uri("/found") + "\"}"
                            : "{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":600}"));
            with("issuer", server.uri("/realm").toString())
                    .with("client-id", "shop")
                    .with("client-secret", "secret")
                    .with("targets", "https://orders.example.com");

            assertThat(client().authorizer().authorization(TARGET)).contains("Bearer ours");
            assertThat(server.requests()).extracting(Request::target).last().isEqualTo("/found");
        }
    }

    @Nested
    class WithOtherGrants {

        @Test
        void refresh() {
            withSecret().with("grant", "refresh_token").with("refresh-token", "first");
            OutboundClient client = client();

            assertThat(client.authorizer().authorization(TARGET)).contains("Bearer ours");
            assertThat(form(server.only())).isEqualTo(Map.of("grant_type", "refresh_token", "refresh_token", "first"));
            clock.advance(Duration.ofHours(1));
            client.authorizer().authorization(TARGET);
            assertThat(form(server.requests().get(1))).containsEntry("refresh_token", "next");
        }

        @Test
        void keepTheRefreshTokenInAFileBeyondTheirOwnLife() {
            properties
                    .with(
                            "gatehouse.token-storage.directory",
                            folder.resolve("tokens").toString())
                    .with("gatehouse.token-storage.key", Base64.getEncoder().encodeToString(new byte[32]));
            withSecret()
                    .with("grant", "refresh_token")
                    .with("refresh-token", "first")
                    .with("storage", "file");
            client().authorizer().authorization(TARGET);
            requireNonNull(gatehouse).close();
            clock.advance(Duration.ofHours(1));

            client().authorizer().authorization(TARGET);
            assertThat(server.requests())
                    .extracting(request -> form(request).get("refresh_token"))
                    .containsExactly("first", "next");
        }

        @ParameterizedTest
        @CsvSource({
            "token-endpoint,/other",
            "client-id,other",
            "scopes,other",
            "audience,other",
            "resource,https://other.example",
            "resource-server,other",
            "refresh-token,other"
        })
        void sendNoRefreshTokenOfAnotherConfiguration(String changed, String value) {
            properties
                    .with(
                            "gatehouse.token-storage.directory",
                            folder.resolve("tokens").toString())
                    .with("gatehouse.token-storage.key", Base64.getEncoder().encodeToString(new byte[32]));
            withSecret()
                    .with("grant", "refresh_token")
                    .with("refresh-token", "first")
                    .with("storage", "file");
            client().authorizer().authorization(TARGET);
            requireNonNull(gatehouse).close();

            with(changed, value.startsWith("/") ? server.uri(value).toString() : value);
            server.answerWith(request -> Answer.json("{\"access_token\":\"o\",\"token_type\":\"Bearer\","
                    + "\"expires_in\":600,\"resource_server\":\"other\",\"scope\":\"other\"}"));
            assertThat(client().authorizer().authorization(TARGET)).contains("Bearer o");
            assertThat(form(server.requests().get(1)).get("refresh_token"))
                    .isEqualTo(changed.equals("refresh-token") ? value : "first");
        }

        @Test
        void keepTheRefreshTokenWhereTheApplicationSays() {
            Map<String, String> kept = new TreeMap<>();
            TokenStorage own = Fakes.of(
                    TokenStorage.class,
                    Map.of(
                            "load", arguments -> Optional.empty(),
                            "store", arguments -> kept.put((String) arguments[0], "stored")));
            withSecret().with("grant", "refresh_token").with("refresh-token", "first");
            gatehouse = new Gatehouse(
                    properties.read(),
                    clock,
                    new ApplicationParts(
                            AuditTrail.none(), Optional::empty, () -> Optional.of(own), Measurements.none(), false));

            gatehouse
                    .outboundClients()
                    .named("orders")
                    .orElseThrow()
                    .authorizer()
                    .authorization(TARGET);
            assertThat(kept.keySet()).singleElement().asString().matches("orders-[0-9a-f]{16}");
        }

        @Test
        void assertTheConfiguredUser() throws Exception {
            withSecret()
                    .with("grant", "jwt_bearer")
                    .with("private-key.location", key())
                    .with("private-key.id", "k1")
                    .with("assertion.issuer", "https://shop.example")
                    .with("assertion.subject", "alice")
                    .with("assertion.audience", "https://login.example")
                    .with("assertion.lifetime", "5m")
                    .with("assertion.claims.tenant", "t1");

            assertThat(client().authorizer().authorization(TARGET)).contains("Bearer ours");
            Map<String, String> form = form(server.only());
            assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            Map<String, Object> claims = claims(form.get("assertion"));
            assertThat(claims)
                    .containsEntry("iss", "https://shop.example")
                    .containsEntry("sub", "alice")
                    .containsEntry("aud", "https://login.example")
                    .containsEntry("tenant", "t1");
            assertThat(((Number) claims.get("exp")).longValue() - ((Number) claims.get("iat")).longValue())
                    .isEqualTo(300);
        }

        @Test
        void exchangeTheCallersToken() {
            withSecret().with("grant", "token_exchange").with("audience", "orders");
            caller = TestTokens.validated(TestTokens.validClaims());

            assertThat(client().authorizer().authorization(TARGET)).contains("Bearer ours");
            assertThat(form(server.only()))
                    .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                    .containsEntry("subject_token", caller.accessToken().value())
                    .containsEntry("audience", "orders");
        }

        @Test
        void askForDependentTokens() {
            withSecret().with("grant", "dependent_token");
            caller = TestTokens.validated(TestTokens.validClaims());
            server.answerWith(
                    request -> Answer.json("[{\"access_token\":\"theirs\",\"token_type\":\"Bearer\",\"expires_in\":600,"
                            + "\"resource_server\":\"transfer\",\"scope\":\"all\"}]"));

            assertThat(client().authorizer().authorization(TARGET)).contains("Bearer theirs");
            assertThat(form(server.only()))
                    .isEqualTo(Map.of(
                            "grant_type",
                            "urn:globus:auth:grant_type:dependent_token",
                            "token",
                            caller.accessToken().value()));
        }

        @Test
        void failWithoutACallerWhoseTokenTheyNeed() {
            withSecret().with("grant", "token_exchange");

            assertThatExceptionOfType(TokenException.class)
                    .isThrownBy(() -> client().authorizer().authorization(TARGET));
            assertThat(server.requests()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"token_exchange", "dependent_token"})
        void goWithoutAHeaderWithoutACallerWhereThatIsSaid(String grant) {
            withSecret().with("grant", grant).with("without-caller", "anonymous");

            assertThat(client().authorizer().authorization(TARGET)).isEmpty();
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void failAllTheSameWhereTheCallersTokenCannotBeExchanged() {
            withSecret().with("grant", "token_exchange").with("without-caller", "anonymous");
            caller = TestTokens.validated(TestTokens.validClaims());
            server.answerWith(request -> new Answer(400, "application/json", "{\"error\":\"invalid_grant\"}"));

            assertThatExceptionOfType(TokenException.class)
                    .isThrownBy(() -> client().authorizer().authorization(TARGET));
        }

        @Test
        void passNothingOnWithoutACallerWhereThatIsSaid() {
            with("grant", "propagation").with("targets", "https://orders.example.com");
            assertThatExceptionOfType(TokenException.class)
                    .isThrownBy(() -> client().authorizer().authorization(TARGET));

            with("without-caller", "anonymous");
            assertThat(client().authorizer().authorization(TARGET)).isEmpty();
        }

        @Test
        void passTheCallersTokenOn() {
            with("grant", "propagation").with("targets", "https://orders.example.com");
            caller = TestTokens.validated(TestTokens.validClaims());

            assertThat(client().authorizer().authorization(TARGET))
                    .contains("Bearer " + caller.accessToken().value());
        }

        @Test
        void sendAFixedToken() {
            with("grant", "static").with("access-token", "abc").with("targets", "https://orders.example.com");

            assertThat(client().authorizer().authorization(TARGET)).contains("Bearer abc");
        }

        @Test
        void sendUserAndPassword() {
            with("grant", "basic")
                    .with("username", "user")
                    .with("password", "p:w%")
                    .with("targets", "https://orders.example.com");

            assertThat(client().authorizer().authorization(TARGET)).contains(basic("user:p:w%"));
        }

        @Test
        void sendNothing() {
            with("grant", "none");

            assertThat(client().authorizer().authorization(TARGET)).isEmpty();
            assertThat(client().tokenClient()).isNull();
        }

        @Test
        void sendNothingAndHaveATokenClientAllTheSame() {
            withSecret().with("grant", "none");
            OutboundClient client = client();

            assertThat(client.authorizer().authorization(TARGET)).isEmpty();
            assertThat(client.tokenClient().clientCredentials(TokenRequest.empty()))
                    .isInstanceOf(TokenResult.Granted.class);
        }
    }

    @Nested
    class OfTheBaikalSdk {

        private void environment() throws Exception {
            Files.writeString(folder.resolve("a.pem"), TestKeys.pem(TestKeys.RSA.getPrivate()));
            Files.writeString(folder.resolve("a.pub"), TestKeys.pem(TestKeys.RSA.getPublic()));
            properties
                    .with("BAIKAL_AUTHSERVER_ENDPOINT", server.uri("/auth/").toString())
                    .with("BAIKAL_CLIENT_ID", "shop")
                    .with("BAIKAL_CLIENT_SECRET", "s:e%c")
                    .with("BAIKAL_ISSUER", "https://shop.example")
                    .with("BAIKAL_PRIVATE_CERTS_PATH", folder.toString());
            server.answerWith(
                    request -> Answer.json(
                            request.target().equals("/auth/.well-known/openid-configuration")
                                    ? "{\"issuer\":\"" + server.uri("/auth") + "\",\"token_endpoint\":\""
                                            + server.uri("/token") + "\"}"
                                    : "{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":600,\"purpose\":\"p\"}"));
        }

        @Test
        void workByTheirEnvironmentAlone() throws Exception {
            environment();
            OutboundClient client = client("baikal");

            client.tokenClient().clientCredentials(TokenRequest.empty().withScopes("read"));
            Request request = server.requests().get(1);
            assertThat(form(request)).isEqualTo(Map.of("grant_type", "client_credentials", "scope", "read"));
            assertThat(request.header("Authorization")).isEqualTo(basic("shop:s:e%c"));
            assertThat(client.authorizer().authorization(TARGET)).isEmpty();

            client.tokenClient().jwtBearer(UserAssertion.forSubject("alice"), TokenRequest.empty());
            assertThat(claims(form(server.requests().get(2)).get("assertion")))
                    .containsEntry("iss", "https://shop.example")
                    .containsEntry("sub", "alice")
                    .containsEntry("aud", server.uri("/auth").toString());
        }

        @Test
        void giveWayToWhatIsConfigured() throws Exception {
            environment();
            properties
                    .with("gatehouse.clients.baikal.client-id", "other")
                    .with("gatehouse.clients.baikal.targets", "https://orders.example.com");

            assertThat(client("baikal").authorizer().authorization(TARGET)).contains("Bearer ours");
            assertThat(server.requests().get(1).header("Authorization")).isEqualTo(basic("other:s:e%c"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"BAIKAL_ISSUER", "BAIKAL_PRIVATE_CERTS_PATH"})
        void makeNoAssertionsWithHalfOfWhatTheseNeed(String missing) throws Exception {
            environment();
            properties.with(missing, "");

            assertThat(properties.read().outbound().clients()).singleElement().satisfies(client -> {
                assertThat(client.server().keys()).isNull();
                assertThat(client.server().assertions()).isNull();
            });
        }

        @Test
        void areNotThereWithoutEndpointAndId() {
            properties.with("BAIKAL_CLIENT_ID", "shop").with("BAIKAL_VERIFY_CERTS", "false");

            assertThat(properties.read().outbound().clients()).isEmpty();
        }

        @Test
        void doNotSwitchTheCheckOfCertificatesOff() throws Exception {
            environment();
            properties.with("BAIKAL_VERIFY_CERTS", "False");

            assertThat(properties.read().outbound()).satisfies(read -> {
                assertThat(read.clients()).isEmpty();
                assertThat(read.unusable())
                        .singleElement()
                        .extracting(UnusableClient::reason)
                        .asString()
                        .startsWith("BAIKAL_VERIFY_CERTS: ")
                        .contains("trust store");
            });

            properties.with("gatehouse.clients.baikal.targets", "https://orders.example.com");
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(properties::read)
                    .withMessageContaining("BAIKAL_VERIFY_CERTS")
                    .withMessageContaining("trust store");
        }

        /** They are those of every application on the server. */
        @ParameterizedTest
        @CsvSource({
            "BAIKAL_AUTHSERVER_ENDPOINT, http://auth.example/",
            "BAIKAL_AUTHSERVER_ENDPOINT, no url",
            "BAIKAL_PRIVATE_CERTS_PATH, /there/is/no/such/folder",
            "BAIKAL_VERIFY_CERTS, false"
        })
        void leaveAnApplicationAloneThatDoesNotUseThem(String variable, String value) throws Exception {
            environment();
            with("grant", "none");
            properties.with(variable, value);

            try (CapturedLog log = new CapturedLog(Outbound.class)) {
                assertThat(client("orders").name()).isEqualTo("orders");
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .startsWith("GATE0448 the client \"baikal\" of the environment cannot be used")
                        .contains(variable + ": ")
                        .doesNotContain("s:e%c");
            }
            assertThat(gatehouse.outboundClients().named("baikal")).isEmpty();
            assertThat(gatehouse.outboundClients().names()).containsExactly("orders");
            assertThat(gatehouse.outboundClients().problem("baikal")).isPresent();
            assertThat(gatehouse.outboundClients().problem("orders")).isEmpty();
        }

        @Test
        void areNothingToTheLogWhereTheyAreRight() throws Exception {
            environment();

            try (CapturedLog log = new CapturedLog(Outbound.class)) {
                assertThat(client("baikal").name()).isEqualTo("baikal");
                assertThat(log.messages(Level.SEVERE)).isEmpty();
            }
        }

        @Test
        void stopAnApplicationThatHasPropertiesOfItsOwnForTheClient() throws Exception {
            environment();
            properties
                    .with("BAIKAL_AUTHSERVER_ENDPOINT", "no url")
                    .with("gatehouse.clients.baikal.targets", "https://orders.example.com");

            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(properties::read)
                    .withMessageContaining("BAIKAL_AUTHSERVER_ENDPOINT");
        }

        @Test
        void stopAnApplicationThatPublishesTheirKeys() throws Exception {
            environment();
            properties.with("BAIKAL_AUTHSERVER_ENDPOINT", "no url").with("gatehouse.jwks.path", "/jwks");

            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(properties::read)
                    .withMessageContaining("BAIKAL_AUTHSERVER_ENDPOINT")
                    .withMessageContaining("has no key to publish");
        }
    }

    @Test
    void publishTheKeysOfAllClientsOnce() throws Exception {
        properties.with("gatehouse.jwks.path", "/jwks");
        atServer().with("private-key.location", key());
        for (String name : List.of("a", "b")) {
            properties
                    .with("gatehouse.clients." + name + ".token-endpoint", "https://login.example/token")
                    .with("gatehouse.clients." + name + ".client-id", name)
                    .with("gatehouse.clients." + name + ".targets", "https://" + name + ".example")
                    .with("gatehouse.clients." + name + ".private-key.location", key());
        }
        OutboundSettings settings = properties.read().outbound();

        assertThat(settings.publication()).isEqualTo(new OutboundSettings.Publication("/jwks", Duration.ofMinutes(5)));
        try (Outbound outbound = new Outbound(settings, clock, Runnable::run, ApplicationParts.none())) {
            assertThat(outbound.clients().names()).containsExactlyInAnyOrder("a", "b", "orders");
            assertThat(outbound.publicKeys()).singleElement().satisfies(jwk -> assertThat(jwk)
                    .containsOnlyKeys("kty", "crv", "x", "y", "kid", "use", "alg"));
        }
    }

    @Test
    void areFoundByTheRestClientsTheyAreFor() {
        withSecret().with("rest-clients", "com.acme.Orders, com.acme.Stock");
        client();

        assertThat(gatehouse.outboundClients().forRestClient("com.acme.Stock"))
                .map(OutboundClient::name)
                .contains("orders");
    }
}
