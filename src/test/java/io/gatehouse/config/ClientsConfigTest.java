package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.outbound.WithoutCaller;
import io.gatehouse.testing.TestKeys;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsConfigTest {

    private static final String PREFIX = "gatehouse.clients.orders.";

    @TempDir
    Path folder;

    private final Map<String, String> values = new LinkedHashMap<>(Map.of(
            PREFIX + "token-endpoint", "https://login.example/token",
            PREFIX + "client-id", "shop",
            PREFIX + "client-secret", "s3cret",
            PREFIX + "targets", "https://orders.example"));

    private ClientsConfigTest with(String ending, String value) {
        values.put(ending.startsWith("gatehouse.") ? ending : PREFIX + ending, value);
        return this;
    }

    private ClientsConfigTest without(String... endings) {
        List.of(endings).forEach(ending -> values.remove(PREFIX + ending));
        return this;
    }

    private ClientsConfigTest grant(String grant) {
        values.keySet().removeIf(name -> name.startsWith(PREFIX));
        return with("targets", "https://orders.example").with("grant", grant);
    }

    private OutboundSettings read() {
        TestProperties properties = TestProperties.valid();
        values.forEach(properties::with);
        return properties.read().outbound();
    }

    private ClientConfig client() {
        return read().clients().get(0);
    }

    private List<String> problems() {
        try {
            read();
            return List.of();
        } catch (GatehouseConfigException refused) {
            assertThat(refused.getMessage()).doesNotContain("s3cret");
            return refused.problems().stream()
                    .map(problem -> problem.property() + " " + problem.problem())
                    .toList();
        }
    }

    private void assertProblem(String ending, String text) {
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith((ending.startsWith("gatehouse.") ? ending : PREFIX + ending) + " ")
                .contains(text);
    }

    private Path key(String name) throws Exception {
        return Files.writeString(folder.resolve(name), TestKeys.pem(TestKeys.P_256.getPrivate()));
    }

    private Path keyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Path file = folder.resolve("client.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    @Nested
    class AreRead {

        @Test
        void withDefaults() {
            ClientConfig client = client();

            assertThat(client.grant()).isEqualTo(ClientGrant.CLIENT_CREDENTIALS);
            assertThat(client.server().timeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(client.http().totalTimeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(client.http().sslContext()).isNull();
            assertThat(client.storesInFile()).isFalse();
            assertThat(client.toString()).doesNotContain("s3cret");
        }

        @Test
        void withBoundsOfTheirOwn() {
            with("connect-timeout", "1s")
                    .with("read-timeout", "2s")
                    .with("timeout", "3s")
                    .with("renew-before", "4s");
            ClientConfig client = client();

            assertThat(client.http().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(client.http().readTimeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(client.http().totalTimeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(client.renewBefore()).isEqualTo(Duration.ofSeconds(4));
        }

        @ParameterizedTest
        @CsvSource({
            "propagation, , FAIL",
            "propagation, fail, FAIL",
            "propagation, anonymous, NO_HEADER",
            "token_exchange, , FAIL",
            "token_exchange, anonymous, NO_HEADER",
            "dependent_token, anonymous, NO_HEADER"
        })
        void withWhatBecomesOfCallsForNobody(String grant, String value, WithoutCaller expected) {
            with("grant", grant);
            if (grant.equals("propagation")) {
                without("token-endpoint", "client-id", "client-secret");
            }
            if (value != null) {
                with("without-caller", value);
            }

            assertThat(client().withoutCaller()).isEqualTo(expected);
        }

        @Test
        void withACertificate() throws Exception {
            without("client-secret").with("key-store", keyStore().toString()).with("key-store-password", "changeit");

            assertThat(client().http().sslContext()).isNotNull();
            assertThat(client().server().identity())
                    .isEqualTo(new ClientIdentity.Ready(new ClientAuthentication.TlsClient("shop")));
        }

        @Test
        void withASecretAndAKeyForAssertions() throws Exception {
            with("private-key.location", key("key.pem").toString()).with("assertion.issuer", "https://shop.example");

            assertThat(client().server().assertions().lifetime()).isEqualTo(Duration.ofMinutes(2));
            assertThat(client().server().keys()).isNotNull();
        }

        @Test
        void severalOfThem() {
            with("gatehouse.clients.other.grant", "none");

            assertThat(read().clients()).extracting(ClientConfig::name).containsExactly("orders", "other");
        }

        @Test
        void withTokensInFiles() {
            grant("refresh_token")
                    .with("token-endpoint", "https://login.example/token")
                    .with("client-id", "shop")
                    .with("client-authentication", "none")
                    .with("refresh-token", "s3cret")
                    .with("storage", "file")
                    .with("gatehouse.token-storage.directory", folder.toString())
                    .with("gatehouse.token-storage.key", Base64.getEncoder().encodeToString(new byte[32]));

            assertThat(read().tokenFiles().directory()).isEqualTo(folder);
            assertThat(read().tokenFiles().toString()).doesNotContain("AAAA", "[B");
        }
    }

    @Nested
    class AreRefused {

        @ParameterizedTest
        @CsvSource({
            "grant,password,is none of client_credentials",
            "client-authentication,client_secret_jwt,is none of client_secret_basic",
            "credentials-encoding,utf8,is not form or raw",
            "token-endpoint,http://login.example/token,is not https",
            "introspection-endpoint,ftp://login.example,is not https",
            "revocation-endpoint,https://u:s3cret@login.example/,user name or password",
            "targets,https://orders.example/path,is no origin",
            "targets,http://orders.example,is not https",
            "rest-clients,no-name,is not the full name of an interface",
            "timeout,0s,is not a duration",
            "renew-before,soon,is not a duration",
            "storage,memory,is of no use with the grant client_credentials",
            "without-caller,anonymous,is of no use with the grant client_credentials",
            "headers.Authorization,s3cret,cannot be set",
            "headers.Expect,100-continue,no request can carry this header",
            "headers.X-Name,s3cr\u00e9t,no request can carry this header",
            "parameters.grant_type,password,cannot be set",
            "parameters.audience,orders,has a setting of its own",
            "refresh-token,s3cret,is of no use with the grant client_credentials",
            "username,u,is of no use with the grant client_credentials",
            "access-key,s3cret,is of no use with the grant client_credentials",
            "assertion.claims.tenant,t,is of no use with the grant client_credentials",
            "assertion.lifetime,2m,is of use only with",
            "assertion.audience,https://login.example,is of use only with",
            "key-store-password,s3cret,is of use only with",
            "private-key.id,k1,is of use only with",
            "private-key.password,s3cret,is of use only with",
            "expires-at,2030-01-01T00:00:00Z,is of use only with",
            "access-token,s3cret,is of use only with",
            "client-secrt,s3cret,did you mean gatehouse.clients.orders.client-secret?"
        })
        void whenASettingIsWrongOrOfNoUse(String ending, String value, String problem) {
            with(ending, value).assertProblem(ending, problem);
        }

        @ParameterizedTest
        @CsvSource({
            "client-secret,s3cret",
            "client-authentication,none",
            "credentials-encoding,raw",
            "private-key.location,/nowhere.pem",
            "private-key.password,s3cret",
            "key-store-password,s3cret",
            "scopes,read",
            "audience,orders",
            "resource,https://orders.example",
            "parameters.purpose,s3cret",
            "headers.X-Correlator,42",
            "assertion.issuer,https://shop.example",
            "timeout,3s",
        })
        void whenASettingIsForAServerAndNoneIsNamed(String ending, String value) {
            grant("none").with(ending, value).assertProblem(ending, "is of no use with the grant none where no");
        }

        @ParameterizedTest
        @CsvSource({
            "token-endpoint,is missing",
            "client-id,is missing",
            "targets,is missing",
        })
        void whenASettingIsMissing(String ending, String problem) {
            without(ending).assertProblem(ending, problem);
        }

        @Test
        void withoutAProof() {
            without("client-secret").assertProblem("client-id", "needs a proof");
        }

        @ParameterizedTest
        @CsvSource({
            "static,access-token",
            "authress,access-key",
        })
        void withoutWhatTheGrantNeeds(String grant, String ending) {
            grant(grant).assertProblem(ending, "the grant " + grant + " needs it");
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "Anonymous", "ok"})
        void whereItIsNotSaidWhatBecomesOfCallsForNobody(String value) {
            grant("propagation")
                    .with("without-caller", value)
                    .assertProblem("without-caller", "is not fail or anonymous");
        }

        @Test
        void withoutUserAndPasswordForBasic() {
            grant("basic");

            assertThat(problems())
                    .containsExactlyInAnyOrder(
                            PREFIX + "username is missing, and the grant basic needs it",
                            PREFIX + "password is missing, and the grant basic needs it");
        }

        @Test
        void withoutAnythingThatSaysWhatTheyAre() {
            without("token-endpoint", "client-id", "client-secret").assertProblem("grant", "is missing");
        }

        @Test
        void withAnAccessKeyThatIsNone() {
            grant("authress").with("access-key", "s3cret").assertProblem("access-key", "cannot be used");
        }

        @Test
        void withASecretAndAKeyForNothing() throws Exception {
            with("private-key.location", key("key.pem").toString())
                    .assertProblem("private-key.location", "is set together with");
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "tls_client_auth", "private_key_jwt"})
        void withASecretThatTheMethodDoesNotUse(String method) {
            assertThat(with("client-authentication", method).problems())
                    .contains(PREFIX + "client-secret is of no use with " + method + "; remove one of them");
        }

        @Test
        void withAKeyThatCannotBeUsed() throws Exception {
            Path file = Files.writeString(folder.resolve("public.pem"), TestKeys.pem(TestKeys.RSA.getPublic()));
            without("client-secret").with("private-key.location", file.toString());

            assertProblem("private-key.location", "public.pem\" cannot be used: it has public keys only");
        }

        @Test
        void withAKeyInThePlaceOfItsLocation() {
            without("client-secret").with("private-key.location", TestKeys.pem(TestKeys.P_256.getPrivate()));

            assertProblem("private-key.location", "the value is not the location");
        }

        @Test
        void withOneIdForSeveralKeys() throws Exception {
            key("a.pem");
            Files.writeString(folder.resolve("b.pem"), TestKeys.pem(TestKeys.RSA.getPrivate()));
            without("client-secret")
                    .with("private-key.location", folder.toString())
                    .with("private-key.id", "k1");

            assertProblem("private-key.location", "cannot all have the id \"k1\"");
        }

        @Test
        void withAKeyStoreThatThePasswordDoesNotOpen() throws Exception {
            without("client-secret")
                    .with("key-store", keyStore().toString())
                    .with("key-store-password", "s3cret")
                    .assertProblem("key-store", "is no key store that the password opens");
        }

        @Test
        void withANameThatNobodyCanTell() {
            values.put("gatehouse.clients.or ders.grant", "none");

            assertProblem("gatehouse.clients.or ders", "letters, digits, - and _ only");
        }

        @Test
        void forARestClientThatHasAnother() {
            with("rest-clients", "com.acme.Orders")
                    .with("gatehouse.clients.other.grant", "none")
                    .with("gatehouse.clients.other.rest-clients", "com.acme.Orders");

            assertProblem("gatehouse.clients.other.rest-clients", "has the client \"orders\" already");
        }

        @Test
        void allAtOnce() {
            with("timeout", "never").with("targets", "nowhere").with("username", "u");

            assertThat(problems()).hasSize(3);
        }
    }

    @Nested
    class Publication {

        @Test
        void needsAKey() {
            with("gatehouse.jwks.path", "/jwks").assertProblem("gatehouse.jwks.path", "has no key to publish");
        }

        @ParameterizedTest
        @ValueSource(strings = {"jwks", "/", "/a//b", "/..", "/a/../b", "/jwks?x", "/jwks/"})
        void needsAPath(String path) throws Exception {
            without("client-secret").with("private-key.location", key("key.pem").toString());

            with("gatehouse.jwks.path", path).assertProblem("gatehouse.jwks.path", "is not a path");
        }

        @Test
        void takesAPathAsOthersHaveIt() throws Exception {
            without("client-secret").with("private-key.location", key("key.pem").toString());
            with("gatehouse.jwks.path", "/.well-known/jwks.json").with("gatehouse.jwks.maximum-age", "1h");

            assertThat(read().publication())
                    .isEqualTo(new OutboundSettings.Publication("/.well-known/jwks.json", Duration.ofHours(1)));
        }

        @Test
        void hasNoAgeWithoutAPath() {
            with("gatehouse.jwks.maximum-age", "5m").assertProblem("gatehouse.jwks.maximum-age", "is of use only with");
        }

        @Test
        void isNotWhereCallersAreToldWhoTheyAre() throws Exception {
            without("client-secret").with("private-key.location", key("key.pem").toString());
            with("gatehouse.jwks.path", "/a").with("gatehouse.whoami.path", "/a");

            assertProblem("gatehouse.jwks.path", "already");
        }
    }

    @Nested
    class TokensInFiles {

        @Test
        void needAClientThatWantsThem() {
            with("gatehouse.token-storage.directory", folder.toString())
                    .with("gatehouse.token-storage.key", Base64.getEncoder().encodeToString(new byte[32]));

            assertThat(problems()).hasSize(2).allMatch(problem -> problem.contains("is of use only where"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3cret", "AAAA", "!"})
        void needAKeyOf32Bytes(String key) {
            grant("refresh_token")
                    .with("token-endpoint", "https://login.example/token")
                    .with("client-id", "shop")
                    .with("client-authentication", "none")
                    .with("refresh-token", "s3cret")
                    .with("storage", "file")
                    .with("gatehouse.token-storage.directory", folder.toString())
                    .with("gatehouse.token-storage.key", key);

            assertProblem("gatehouse.token-storage.key", "is not base64 of 32 bytes");
        }

        @Test
        void areKeptInOneOfTwoPlaces() {
            grant("refresh_token")
                    .with("token-endpoint", "https://login.example/token")
                    .with("client-id", "shop")
                    .with("client-authentication", "none")
                    .with("refresh-token", "s3cret")
                    .with("storage", "disk")
                    .assertProblem("storage", "is not memory or file");
        }

        @Test
        void needDirectoryAndKey() {
            grant("refresh_token")
                    .with("token-endpoint", "https://login.example/token")
                    .with("client-id", "shop")
                    .with("client-authentication", "none")
                    .with("refresh-token", "s3cret")
                    .with("storage", "file");

            assertThat(problems()).hasSize(2).allMatch(problem -> problem.contains("is missing"));
        }
    }

    @Test
    void nobodyIsAClientUnlessConfigured() {
        assertThat(TestProperties.valid().read().outbound()).isEqualTo(OutboundSettings.none());
    }

    @Test
    void namesTheClientsThatThereAreToVariables() {
        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(() -> TestProperties.valid()
                        .with("gatehouse.clients.orders", "x")
                        .read())
                .withMessageContaining("gatehouse.clients.orders");
    }
}
