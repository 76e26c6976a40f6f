package io.gatehouse.config;

import static io.gatehouse.testing.TestTokens.AUDIENCE;
import static io.gatehouse.testing.TestTokens.ISSUER;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.FormBody;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.TrustedIssuer;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionConfigTest {

    private static final String PREFIX = "gatehouse.introspection.";
    private static final URI ENDPOINT = URI.create("https://issuer.example/introspect");

    private final Map<String, String> properties = new HashMap<>(Map.of(
            PREFIX + "endpoint", ENDPOINT.toString(), PREFIX + "client-id", "rs", PREFIX + "client-secret", "s3cret"));

    private IntrospectionConfigTest set(String name, String value) {
        properties.put(PREFIX + name, value);
        return this;
    }

    private IntrospectionConfigTest unset(String... names) {
        Arrays.stream(names).forEach(name -> properties.remove(PREFIX + name));
        return this;
    }

    private void localKeys() {
        properties.put("mp.jwt.verify.issuer", ISSUER);
        properties.put("mp.jwt.verify.publickey", TestKeys.pem(TestKeys.RSA.getPublic()));
    }

    private GatehouseConfig read() {
        Properties source = new Properties() {
            @Override
            public Optional<String> value(String name) {
                return Optional.ofNullable(properties.get(name))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty());
            }

            @Override
            public Iterable<String> names() {
                return properties.keySet();
            }
        };
        return new GatehouseConfigReader(source, IntrospectionConfigTest.class.getClassLoader()).read();
    }

    private RemoteValidation remote() {
        RemoteValidation remote = read().issuers().get(0).remote();
        assertThat(remote).isNotNull();
        return remote;
    }

    private ClientAuthentication authentication() {
        try (JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
            return remote().proof().authentication(client, TestTokens.CLOCK, Runnable::run);
        }
    }

    /** The one problem: its property and words of its text; no secret anywhere. */
    private void assertProblem(String property, String... words) {
        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(this::read)
                .satisfies(refused -> {
                    assertThat(refused.problems()).singleElement().satisfies(only -> {
                        assertThat(only.property()).isEqualTo(property);
                        assertThat(only.problem()).contains(words);
                    });
                    assertThat(refused.getMessage()).doesNotContain("s3cret");
                });
    }

    @Nested
    class Defaults {

        @Test
        void areThoseOfTheDocumentation() {
            RemoteValidation remote = remote();

            assertThat(remote.endpoint()).isEqualTo(ENDPOINT);
            assertThat(remote.parameters()).isEmpty();
            assertThat(remote.signedAnswersAudience()).isNull();
            assertThat(remote.cache())
                    .isEqualTo(new CacheSettings(
                            Duration.ofSeconds(30), 10_000, Duration.ofSeconds(10), 10_000, Duration.ZERO));
            assertThat(remote.limits()).isEqualTo(new Limits(100, Duration.ofMillis(1500), 5, Duration.ofSeconds(5)));
            assertThat(remote.roles().claimPaths()).containsExactly("groups", "scope");
            assertThat(remote.http()).isEqualTo(HttpSettings.defaults());
        }

        @Test
        void ofTheClaimsTakeTheServersWord() {
            assertThat(remote().claims().issuer()).isEqualTo(new TrustedIssuer("default", Set.of()));
            assertThat(remote().claims().requiredClaims()).isEmpty();
            assertThat(remote().claims().callerNameClaims()).containsExactly("username", "sub", "client_id");
            assertThat(remote().claims().clientNamePrefix()).isEmpty();
            assertThat(remote().claims().senderConstraintIgnored()).isFalse();
            assertThat(remote().claims().audience()).isEqualTo(new AudienceRule.Any());
        }

        @Test
        void proveWhoWeAreWithBasicAsTheStandardSays() {
            assertThat(authentication())
                    .isEqualTo(new ClientAuthentication.ClientSecretBasic("rs", "s3cret", CredentialsEncoding.FORM));
        }
    }

    @Nested
    class Values {

        @Test
        void areTaken() {
            properties.put("mp.jwt.verify.issuer", ISSUER);
            properties.put("mp.jwt.verify.audiences", AUDIENCE);
            properties.put("mp.jwt.verify.clock.skew", "3");
            properties.put("gatehouse.roles.map.read", "reader");
            set("parameters.include", "identity_set").set("parameters.a.b", "c d");
            set("principal-claims", "email,sub").set("client-prefix", "client:").set("required-claims", "aud,scope");
            set("roles.claims", "realm_access.roles");
            set("cache.lifetime", "PT1M").set("cache.maximum-size", "7").set("cache.dead-lifetime", "2s");
            set("cache.dead-maximum-size", "8").set("cache.stale-if-error", "5m");
            set("maximum-concurrency", "9")
                    .set("stalled-after", "3s")
                    .set("failure-threshold", "11")
                    .set("pause", "250ms");
            RemoteValidation remote = remote();

            assertThat(remote.parameters()).isEqualTo(Map.of("include", "identity_set", "a.b", "c d"));
            assertThat(remote.claims().issuer()).isEqualTo(new TrustedIssuer("default", ISSUER));
            assertThat(remote.claims().audience()).isEqualTo(new AudienceRule.OneOf(Set.of(AUDIENCE)));
            assertThat(remote.claims().expirySkew()).isEqualTo(Duration.ofSeconds(3));
            assertThat(remote.claims().callerNameClaims()).containsExactly("email", "sub");
            assertThat(remote.claims().clientNamePrefix()).isEqualTo("client:");
            assertThat(remote.claims().requiredClaims()).containsExactlyInAnyOrder("aud", "scope");
            assertThat(remote.roles().claimPaths()).containsExactly("realm_access.roles");
            assertThat(remote.roles().granted()).isEqualTo(Map.of("read", Set.of("reader")));
            assertThat(remote.cache())
                    .isEqualTo(new CacheSettings(
                            Duration.ofMinutes(1), 7, Duration.ofSeconds(2), 8, Duration.ofMinutes(5)));
            assertThat(remote.limits()).isEqualTo(new Limits(9, Duration.ofSeconds(3), 11, Duration.ofMillis(250)));
        }

        @ParameterizedTest
        @CsvSource({
            "cache.lifetime,0s", "cache.lifetime,1h", "cache.dead-lifetime,0", "cache.stale-if-error,0",
            "cache.maximum-size,1", "cache.dead-maximum-size,10000000", "maximum-concurrency,1", "failure-threshold,1",
            "pause,100ms", "pause,10m"
        })
        void mayLieOnTheirBounds(String name, String value) {
            set(name, value).read();
        }

        @ParameterizedTest
        @CsvSource({
            "cache.lifetime,-1",
            "cache.lifetime,PT1H0.001S",
            "cache.lifetime,long",
            "cache.dead-lifetime,2h",
            "cache.stale-if-error,2h",
            "cache.maximum-size,0",
            "cache.maximum-size,10000001",
            "cache.dead-maximum-size,0",
            "cache.dead-maximum-size,x",
            "maximum-concurrency,0",
            "maximum-concurrency,201",
            "failure-threshold,0",
            "failure-threshold,1.5",
            "pause,99ms",
            "pause,11m",
            "signed-answers,yes",
            "credentials-encoding,base64",
            "client-authentication,client_secret_jwt"
        })
        void areRefusedByName(String name, String value) {
            set(name, value);

            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> read())
                    .satisfies(refused -> assertThat(refused.problems()).allSatisfy(problem -> {
                        assertThat(problem.property()).isEqualTo(PREFIX + name);
                        assertThat(problem.problem()).contains(value);
                    }));
        }

        @Test
        void areKnownByTheirNamesOnly() {
            set("endpont", "x");

            assertProblem(PREFIX + "endpont", "no such property", PREFIX + "endpoint");
        }

        @ParameterizedTest
        @ValueSource(strings = {"token", "client_id", "client_secret", "client_assertion", "client_assertion_type"})
        void mayNotReplaceWhatIsSentAnyway(String parameter) {
            set("parameters." + parameter, "s3cret");

            assertProblem(PREFIX + "parameters." + parameter, "Gatehouse's");
        }
    }

    @Nested
    class TheEndpoint {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://issuer.example/introspect",
                    "ftp://issuer.example/",
                    "issuer.example",
                    "/introspect",
                    "https:///x",
                    "no url"
                })
        void hasToBeHttps(String url) {
            set("endpoint", url);

            assertProblem(PREFIX + "endpoint", url);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost:8080/x",
                    "http://127.0.0.1/x",
                    "http://[::1]:9/x",
                    "https://issuer.example/x?y=z"
                })
        void mayBeOnThisHost(String url) {
            set("endpoint", url);

            assertThat(remote().endpoint()).isEqualTo(URI.create(url));
        }

        @Test
        void mayBePlainWhereThatIsAllowed() {
            properties.put("gatehouse.allow-plain-http", "true");
            set("endpoint", "http://issuer.example/x");

            assertThat(remote().endpoint()).isEqualTo(URI.create("http://issuer.example/x"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"endpoint", "token-endpoint"})
        void holdsNoPassword(String name) {
            set(name, "https://user:s3cret@issuer.example/x");

            assertProblem(PREFIX + name, "user name or password");
        }
    }

    @Nested
    class TheProof {

        @Test
        void isMissedByName() {
            unset("client-secret", "client-id");

            assertProblem(
                    PREFIX + "endpoint",
                    PREFIX + "bearer-token",
                    PREFIX + "client-secret",
                    PREFIX + "private-key-location",
                    PREFIX + "key-store");
        }

        @ParameterizedTest
        @CsvSource({"bearer-token,s3cret", "private-key-location,/s3cret.pem"})
        void isOneAndNotTwo(String name, String value) {
            set(name, value);

            assertProblem(PREFIX + "endpoint", "one proof", PREFIX + name, PREFIX + "client-secret", " and ");
        }

        @Test
        void isOneAndNotThree() {
            set("bearer-token", "s3cret").set("private-key-location", "s3cret");

            assertProblem(
                    PREFIX + "endpoint",
                    PREFIX + "bearer-token",
                    PREFIX + "client-secret",
                    PREFIX + "private-key-location");
        }

        @ParameterizedTest
        @CsvSource({
            "client-id,rs",
            "client-authentication,client_secret_basic",
            "token-endpoint,https://issuer.example/token"
        })
        void thatIsATokenGoesWithNothingOfAClient(String name, String value) {
            unset("client-id", "client-secret").set("bearer-token", "s3cret").set(name, value);

            assertProblem(PREFIX + "bearer-token", PREFIX + name);
        }

        @Test
        void mayBeAToken() {
            unset("client-id", "client-secret").set("bearer-token", "s3cret-t0ken");

            assertThat(headers(authentication())).containsEntry("Authorization", "Bearer s3cret-t0ken");
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3cret t0ken", "s3cret\r\nX: y", "s3cret\u00e9", "Bearer s3cret", "s3cret=x"})
        void isNoTokenThatNobodyCouldSend(String token) {
            unset("client-id", "client-secret").set("bearer-token", token);

            assertProblem(PREFIX + "bearer-token", "characters");
        }

        @Test
        void thatIsASecretNeedsTheClient() {
            unset("client-id");

            assertProblem(PREFIX + "client-id", "missing");
        }

        @Test
        void mayBeASecretInItsOlderEncoding() {
            set("credentials-encoding", "raw");

            assertThat(authentication())
                    .isEqualTo(new ClientAuthentication.ClientSecretBasic("rs", "s3cret", CredentialsEncoding.RAW));
        }

        @Test
        void mayBeASecretInTheForm() {
            set("client-authentication", "client_secret_post");

            assertThat(authentication()).isEqualTo(new ClientAuthentication.ClientSecretPost("rs", "s3cret"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"private_key_jwt", "tls_client_auth", "none", "CLIENT_SECRET_POST"})
        void thatIsASecretIsNotSentInAnotherWay(String method) {
            set("client-authentication", method);

            assertProblem(PREFIX + "client-authentication", method, "client_secret_basic", "client_secret_post");
        }

        @Test
        void mayBeATokenThatWeFetch() {
            set("token-endpoint", "https://issuer.example/token").set("token-scope", "introspection");
            ClientProof proof = remote().proof();

            assertThat(proof)
                    .isEqualTo(new ClientProof.FetchedToken(
                            URI.create("https://issuer.example/token"),
                            new ClientProof.Ready(new ClientAuthentication.ClientSecretBasic(
                                    "rs", "s3cret", CredentialsEncoding.FORM)),
                            "introspection"));
            assertThat(proof.toString()).doesNotContain("s3cret");
            assertThat(authentication()).isInstanceOf(ClientAuthentication.Bearer.class);
        }

        @Test
        void isNotFetchedOverPlainHttp() {
            set("token-endpoint", "http://issuer.example/token");

            assertProblem(PREFIX + "token-endpoint", "https");
        }

        private static Map<String, String> headers(ClientAuthentication authentication) {
            return authentication
                    .authenticate(FormBody.empty(), Map.of())
                    .orElseThrow()
                    .headers();
        }
    }

    @Nested
    class APrivateKey {

        @TempDir
        private Path directory;

        private void key(String text) throws Exception {
            Path file = Files.write(directory.resolve("key"), text.getBytes(US_ASCII));
            unset("client-secret").set("private-key-location", file.toString());
        }

        private ClientProof.Assertion assertion() {
            return (ClientProof.Assertion) remote().proof();
        }

        @Test
        void isReadFromItsFile() throws Exception {
            key(TestKeys.pem(TestKeys.P_256.getPrivate()));
            set("private-key-id", "k1").set("client-authentication", "private_key_jwt");

            assertThat(assertion().clientId()).isEqualTo("rs");
            assertThat(assertion().key().kid()).isEqualTo("k1");
            assertThat(assertion().toString()).contains("hidden");
            assertThat(authentication()).isInstanceOf(ClientAuthentication.PrivateKeyJwt.class);
        }

        @Test
        void speaksToTheConfiguredAudienceTheIssuerOrTheEndpoint() throws Exception {
            key(TestKeys.pem(TestKeys.P_256.getPrivate()));
            assertThat(assertion().audience()).isEqualTo(ENDPOINT.toString());
            properties.put("mp.jwt.verify.issuer", ISSUER);
            assertThat(assertion().audience()).isEqualTo(ISSUER);
            set("assertion-audience", "https://issuer.example/token");
            assertThat(assertion().audience()).isEqualTo("https://issuer.example/token");
        }

        @Test
        void mayServeToFetchAToken() throws Exception {
            key(TestJson.object(TestKeys.privateJwk(TestKeys.RSA, "kid", "\"k1\"")));
            set("token-endpoint", "https://issuer.example/token");

            assertThat(remote().proof())
                    .isInstanceOfSatisfying(ClientProof.FetchedToken.class, fetched -> assertThat(fetched.there())
                            .isInstanceOf(ClientProof.Assertion.class));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "s3cret",
                    "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----",
                    "{\"kty\":\"oct\",\"k\":\"s3cret\"}"
                })
        void thatIsNoneIsRefusedWithoutBeingRepeated(String text) throws Exception {
            key(text);

            assertProblem(PREFIX + "private-key-location", "cannot be used");
        }

        @Test
        void thatIsNotThereIsMissed() {
            unset("client-secret").set("private-key-location", "/no/such/key.pem");

            assertProblem(PREFIX + "private-key-location", "/no/such/key.pem");
        }

        @Test
        void isNotUsedInAnotherWay() throws Exception {
            key(TestKeys.pem(TestKeys.P_256.getPrivate()));
            set("client-authentication", "client_secret_basic");

            assertProblem(PREFIX + "client-authentication", "client_secret_basic", "private_key_jwt");
        }
    }

    @Nested
    class AKeyStore {

        @TempDir
        private Path directory;

        private void store() throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Path file = directory.resolve("keys.p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, "s3cret".toCharArray());
            }
            unset("client-secret").set("key-store", file.toString());
        }

        @Test
        void provesByTheConnection() throws Exception {
            store();
            set("key-store-password", "s3cret").set("client-authentication", "tls_client_auth");

            assertThat(remote().http().sslContext()).isNotNull();
            assertThat(read().http().sslContext())
                    .as("the certificate is for this server only")
                    .isNull();
            assertThat(authentication()).isEqualTo(new ClientAuthentication.TlsClient("rs"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"wrong-s3cret", ""})
        void thatThePasswordDoesNotOpenIsRefused(String password) throws Exception {
            store();
            set("key-store-password", password);

            assertProblem(PREFIX + "key-store", "password");
        }

        @Test
        void thatIsNotThereIsRefused() {
            unset("client-secret").set("key-store", "/no/such/store.p12");

            assertProblem(PREFIX + "key-store", "/no/such/store.p12");
        }
    }

    @Nested
    class SignedAnswers {

        @Test
        void areMeantForTheClientAndNeedTheKeys() {
            localKeys();
            properties.put("gatehouse.validation", "introspection");
            set("signed-answers", "true");

            assertThat(remote().signedAnswersAudience()).isEqualTo("rs");
            assertThat(read().issuers().get(0).local()).isNotNull();
        }

        @Test
        void areRefusedWithoutAClientIdOrAnIssuerOrKeys() {
            set("signed-answers", "true");

            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> read())
                    .satisfies(refused -> assertThat(refused.problems())
                            .extracting(ConfigProblem::property)
                            .containsExactlyInAnyOrder(
                                    PREFIX + "signed-answers",
                                    "mp.jwt.verify.issuer",
                                    "mp.jwt.verify.publickey.location"));
        }
    }

    @Nested
    class TheMode {

        @Test
        void isIntrospectionWhereThereIsNoKey() {
            assertThat(read().issuers().get(0).mode()).isEqualTo(ValidationMode.INTROSPECTION);
            assertThat(read().issuers().get(0).local()).isNull();
        }

        @Test
        void isAutoWhereThereAreBoth() {
            localKeys();

            assertThat(read().issuers().get(0).mode()).isEqualTo(ValidationMode.AUTO);
            assertThat(read().issuers().get(0).local()).isNotNull();
            assertThat(read().issuers().get(0).remote()).isNotNull();
        }

        @Test
        void isJwtWhereThereIsNoEndpoint() {
            localKeys();
            unset("endpoint", "client-id", "client-secret");

            assertThat(read().issuers().get(0).mode()).isEqualTo(ValidationMode.JWT);
            assertThat(read().issuers().get(0).remote()).isNull();
        }

        @ParameterizedTest
        @CsvSource({"introspection,INTROSPECTION", "auto,AUTO", "both,BOTH"})
        void isThatOfTheConfiguration(String text, ValidationMode mode) {
            localKeys();
            properties.put("gatehouse.validation", text);

            assertThat(read().issuers().get(0).mode()).isEqualTo(mode);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Both", "opaque", "jwt,introspection", "none"})
        void isNoOther(String text) {
            localKeys();
            properties.put("gatehouse.validation", text);

            assertProblem("gatehouse.validation", text, "jwt, introspection, auto or both");
        }

        @Test
        void mayBeJwtBesideAnEndpointThatIsAskedForSomeResourcesOnly() {
            localKeys();
            properties.put("gatehouse.validation", "jwt");

            assertThat(read().issuers().get(0).mode()).isEqualTo(ValidationMode.JWT);
            assertThat(read().issuers().get(0).remote()).isNotNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"introspection", "auto", "both"})
        void thatAsksNeedsAnEndpoint(String text) {
            localKeys();
            properties.put("gatehouse.validation", text);
            unset("endpoint", "client-id", "client-secret");

            assertProblem(PREFIX + "endpoint", "missing");
        }

        @ParameterizedTest
        @ValueSource(strings = {"auto", "both"})
        void thatVerifiesHereNeedsIssuerAndKeys(String text) {
            properties.put("gatehouse.validation", text);

            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> read())
                    .satisfies(refused -> assertThat(refused.problems())
                            .extracting(ConfigProblem::property)
                            .containsExactlyInAnyOrder("mp.jwt.verify.issuer", "mp.jwt.verify.publickey.location"));
        }
    }

    @Test
    void everyProblemIsToldAtOnceAndNoSecretWithThem() {
        set("endpoint", "http://issuer.example/x").set("pause", "0").set("cache.lifetime", "x");
        properties.put("gatehouse.validation", "opaque");

        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(this::read)
                .satisfies(refused -> {
                    assertThat(refused.problems())
                            .extracting(ConfigProblem::property)
                            .containsAll(List.of(
                                    "gatehouse.validation",
                                    PREFIX + "endpoint",
                                    PREFIX + "pause",
                                    PREFIX + "cache.lifetime"));
                    assertThat(refused.getMessage()).doesNotContain("s3cret");
                });
    }
}
