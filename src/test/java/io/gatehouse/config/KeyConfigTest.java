package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ALLOW_PLAIN_HTTP;
import static io.gatehouse.config.ConfigProperty.ALLOW_WEAK_RSA_KEYS;
import static io.gatehouse.config.ConfigProperty.DECRYPT_KEY_ALGORITHM;
import static io.gatehouse.config.ConfigProperty.DECRYPT_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.KEY_STORE_PASSWORD;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_LOCATION;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.WEAK_RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.testing.TestKeys.pem;
import static io.gatehouse.testing.TestKeys.privateJwk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.jwt.JweSettings;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.SignatureProvider;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyConfigTest {

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** Reads with a class path that holds the folder. */
    private GatehouseConfig read(TestProperties properties) throws IOException {
        try (URLClassLoader classPath =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            return new GatehouseConfigReader(properties, classPath).read();
        }
    }

    private void assertProblem(TestProperties properties, ConfigProperty property, String problem) {
        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(() -> read(properties))
                .satisfies(refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(only -> {
                            assertThat(only.property()).isEqualTo(property.propertyName());
                            assertThat(only.problem()).contains(problem);
                        }));
    }

    private static PublicKey key(GatehouseConfig config) {
        return key(config, null);
    }

    private static PublicKey key(GatehouseConfig config, @Nullable String kid) {
        KeySource source = config.issuers().get(0).local().keySource();
        VerificationKeys keys = source instanceof KeySource.Inline inline
                ? inline.keys()
                : VerificationKeys.local(((KeySource.Local) source).files(), Duration.ofHours(1), new MutableClock());
        return ((KeyLookup.Found) keys.lookup(kid)).keys().get(0).publicKey();
    }

    @Nested
    class Provider {

        @Test
        void isThatOfTheJavaRuntimeUnlessConfigured() throws IOException {
            assertThat(provider(TestProperties.valid()).isPlatform()).isTrue();
        }

        @Test
        void isTheOneThatIsNamed() throws IOException {
            SignatureProvider named = provider(TestProperties.valid().with(ConfigProperty.CRYPTO_PROVIDER, "BC"));
            assertThat(named.name()).startsWith("BC ");
        }

        @Test
        void stopsTheDeploymentWhereItIsNotThere() {
            assertProblem(
                    TestProperties.valid().with(ConfigProperty.CRYPTO_PROVIDER, "Nobody"),
                    ConfigProperty.CRYPTO_PROVIDER,
                    "\"Nobody\" is not there");
        }

        @Test
        void stopsTheDeploymentWhereItIsNone() {
            assertProblem(
                    TestProperties.valid().with(ConfigProperty.CRYPTO_PROVIDER, "java.lang.String"),
                    ConfigProperty.CRYPTO_PROVIDER,
                    "cannot be used");
        }

        private SignatureProvider provider(TestProperties properties) throws IOException {
            return read(properties).issuers().get(0).local().keyPolicy().provider();
        }
    }

    @Nested
    class Inline {

        static Stream<String> everyForm() {
            return Stream.of(
                    pem(RSA.getPublic()),
                    TestJson.object(jwk(RSA.getPublic())),
                    jwks(jwk(RSA.getPublic(), "kid", "\"a\"")));
        }

        @ParameterizedTest
        @MethodSource
        void everyForm(String text) throws Exception {
            assertThat(key(read(TestProperties.valid().with(PUBLIC_KEY, text)))).isEqualTo(RSA.getPublic());
        }

        static Stream<String> privateKeys() {
            return Stream.of(
                    pem(RSA.getPrivate()),
                    pem("RSA PRIVATE KEY", RSA.getPrivate().getEncoded()),
                    TestJson.object(privateJwk(RSA)),
                    jwks(privateJwk(RSA)),
                    java.util.Base64.getEncoder()
                            .encodeToString(RSA.getPrivate().getEncoded()));
        }

        @ParameterizedTest
        @MethodSource
        void privateKeys(String text) {
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> read(TestProperties.valid().with(PUBLIC_KEY, text)))
                    .withMessageContaining("mp.jwt.verify.publickey: the key cannot be used: it")
                    .satisfies(refused -> assertThat(text.split("[^A-Za-z0-9+/_-]+"))
                            .filteredOn(part -> part.length() > 20)
                            .isNotEmpty()
                            .noneMatch(Objects.requireNonNull(refused.getMessage())::contains));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "NOT_A_KEY",
                    "{\"keys\":[]}",
                    "{}",
                    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
                })
        void whatIsNoKeyIsRefusedWithoutBeingRepeated(String text) {
            assertProblem(TestProperties.valid().with(PUBLIC_KEY, text), PUBLIC_KEY, "the key cannot be used: it");
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> read(TestProperties.valid().with(PUBLIC_KEY, text)))
                    .withMessageNotContaining("NOT_A_KEY")
                    .withMessageNotContaining("AAAA");
        }

        @Test
        void weakKeysAreTakenOnlyWhereThatIsExpresslyAllowed() throws Exception {
            TestProperties weak = TestProperties.valid().with(PUBLIC_KEY, pem(WEAK_RSA.getPublic()));

            assertProblem(weak, PUBLIC_KEY, "its RSA modulus has 1024 bits");
            assertThat(key(read(weak.with(ALLOW_WEAK_RSA_KEYS, "true")))).isEqualTo(WEAK_RSA.getPublic());
        }
    }

    @Nested
    class Located {

        @ParameterizedTest
        @ValueSource(strings = {"key.pem", "/key.pem", "classpath:key.pem", "classpath:/key.pem"})
        void onTheClassPath(String location) throws Exception {
            file("key.pem", pem(RSA.getPublic()));
            assertThat(key(read(TestProperties.withKeysAt(location)))).isEqualTo(RSA.getPublic());
        }

        @Test
        void inAFile() throws Exception {
            Path file = file("key.pem", pem(RSA.getPublic()));
            for (String location : new String[] {file.toString(), file.toUri().toString(), "file:" + file}) {
                assertThat(key(TestProperties.withKeysAt(location).read())).isEqualTo(RSA.getPublic());
            }
        }

        @Test
        void inAFileBeforeTheClassPath() throws Exception {
            file("key.pem", pem(RSA.getPublic()));
            Path other = Files.createDirectory(folder.resolve("other"));
            Path file = Files.writeString(other.resolve("key.pem"), pem(TestKeys.OTHER_RSA.getPublic()));

            assertThat(key(read(TestProperties.withKeysAt(file.toString())))).isEqualTo(TestKeys.OTHER_RSA.getPublic());
            assertThat(key(read(TestProperties.withKeysAt("key.pem")))).isEqualTo(RSA.getPublic());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent.pem",
                    "/absent.pem",
                    "classpath:absent.pem",
                    "file:/absent/absent.pem",
                    "file:relative.pem",
                    "file://host/share/key.pem",
                    "file:",
                    "ldap://host/key",
                    "jar:file:/a.jar!/key",
                    "ftp://host/key",
                    "data:,key",
                    "a\u0000b",
                    "file:%zz"
                })
        void nowhereIsAProblem(String location) {
            assertProblem(
                    TestProperties.withKeysAt(location), PUBLIC_KEY_LOCATION, "\"" + location + "\" cannot be read: ");
        }

        @Test
        void inEveryFileOfADirectory() throws Exception {
            file("a.jwk", TestJson.object(jwk(RSA.getPublic(), "kid", "\"a\"")));
            file("b.pem", pem(TestKeys.OTHER_RSA.getPublic()));
            file("notes.txt", "not a key");

            for (String location :
                    new String[] {folder.toString(), folder.toUri().toString()}) {
                GatehouseConfig config = read(TestProperties.withKeysAt(location));
                assertThat(key(config, "a")).isEqualTo(RSA.getPublic());
                assertThat(key(config, "b")).isEqualTo(TestKeys.OTHER_RSA.getPublic());
            }
        }

        @Test
        void inAnEmptyDirectoryIsAProblem() {
            assertProblem(
                    TestProperties.withKeysAt(folder.toString()),
                    PUBLIC_KEY_LOCATION,
                    "\"" + folder + "\" cannot be used: it is a directory without a file");
        }

        @Test
        void inADirectoryOfNoKeysIsAProblemThatNamesTheFiles() throws Exception {
            file("a.pem", pem(RSA.getPrivate()));
            file("b.txt", "");

            assertProblem(
                    TestProperties.withKeysAt(folder.toString()),
                    PUBLIC_KEY_LOCATION,
                    "\"" + folder + "\" cannot be used: it is a directory without a usable key file"
                            + " (a.pem: it is a private key, where a public key belongs; b.txt: it is empty)");
        }

        @Test
        void inAHugeFileIsAProblem() throws Exception {
            Path file = file("huge.pem", "x".repeat(1024 * 1024 + 1));
            assertProblem(TestProperties.withKeysAt(file.toString()), PUBLIC_KEY_LOCATION, "longer than 1048576 bytes");
        }

        @Test
        void asAPrivateKeyIsAProblem() throws Exception {
            Path file = file("private.pem", pem(RSA.getPrivate()));
            assertProblem(
                    TestProperties.withKeysAt(file.toString()),
                    PUBLIC_KEY_LOCATION,
                    "\"" + file + "\" cannot be used: it is a private key");
        }
    }

    @Nested
    class InAKeyStore {

        private static final String WITHOUT = "";

        private Path keyStore(String name) throws IOException {
            return Files.copy(Path.of("test", "resources", "keys", name), folder.resolve(name));
        }

        private TestProperties with(String location, String password) {
            return TestProperties.withKeysAt(location).with(KEY_STORE_PASSWORD, password);
        }

        @ParameterizedTest
        @ValueSource(strings = {"keytool-trusted.p12", "keytool-trusted.jks", "openssl-own-key.p12"})
        void aKeyIsFoundWithThePassword(String name) throws Exception {
            PublicKey file = key(read(with(keyStore(name).toString(), "changeit")));
            PublicKey resource = key(read(with("classpath:" + name, "changeit")));

            assertThat(file).isEqualTo(resource).isInstanceOf(ECPublicKey.class);
        }

        @ParameterizedTest
        @CsvSource({"wrong-pa55word, (key-store-password) does not open", "'', no password (key-store-password) is set"
        })
        void aKeyIsNotFoundWithoutIt(String password, String problem) throws Exception {
            String location = keyStore("keytool-trusted.p12").toString();

            assertProblem(with(location, password), PUBLIC_KEY_LOCATION, "\"" + location + "\" cannot be used: it is");
            assertProblem(with(location, password), PUBLIC_KEY_LOCATION, problem);
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> read(with(location, password)))
                    .withMessageNotContaining("pa55word");
        }

        @Test
        void orInADirectoryOfThem() throws Exception {
            keyStore("keytool-trusted.jks");
            file("b.pem", pem(RSA.getPublic()));

            GatehouseConfig config = read(with(folder.toString(), "changeit"));

            assertThat(key(config, "trusted")).isInstanceOf(ECPublicKey.class);
            assertThat(key(config, "b")).isEqualTo(RSA.getPublic());
        }

        @Test
        void isTheOnlyPlaceThatHasAPassword() throws Exception {
            Path pem = file("a.pem", pem(RSA.getPublic()));

            assertProblem(
                    with(pem.toString(), "changeit"), KEY_STORE_PASSWORD, "is set, but \"" + pem + "\" is no key");
            assertProblem(with("https://issuer.example/jwks", "changeit"), KEY_STORE_PASSWORD, "is set, but the keys");
            assertProblem(
                    TestProperties.valid().with(KEY_STORE_PASSWORD, "changeit"),
                    KEY_STORE_PASSWORD,
                    "is set, but mp.jwt.verify.publickey is no key store");
            assertThat(key(read(with(pem.toString(), WITHOUT)))).isEqualTo(RSA.getPublic());
        }

        @Test
        void hasAPasswordThatIsNotShown() {
            assertThat(new KeyFileLocation("where", "/keys", "password", "pa55word"))
                    .hasToString("where=/keys");
        }
    }

    @Nested
    class Remote {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://issuer.example/jwks", "HTTPS://issuer.example/jwks",
                            "https://issuer.example:8443/jwks?a=b",
                    "http://localhost:8080/jwks", "http://127.0.0.1/jwks", "http://[::1]:8080/jwks"
                })
        void isTakenWithoutBeingAsked(String location) throws Exception {
            assertThat(read(TestProperties.withKeysAt(location))
                            .issuers()
                            .get(0)
                            .local()
                            .keySource())
                    .isEqualTo(new KeySource.Remote(URI.create(location)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://issuer.example/jwks",
                    "HTTP://issuer.example/jwks",
                    "http://localhost.example/jwks",
                    "http://127.0.0.1.example/jwks",
                    "http://10.0.0.1/jwks"
                })
        void overPlainHttpIsTakenFromThisHostOnlyOrWhereThatIsExpresslyAllowed(String location) throws Exception {
            assertProblem(TestProperties.withKeysAt(location), PUBLIC_KEY_LOCATION, "gatehouse.allow-plain-http=true");
            assertThat(read(TestProperties.withKeysAt(location).with(ALLOW_PLAIN_HTTP, "true"))
                            .issuers()
                            .get(0)
                            .local()
                            .keySource())
                    .isEqualTo(new KeySource.Remote(URI.create(location)));
        }

        @ParameterizedTest
        @CsvSource({
            "https://, is not a URL",
            "https:, is not a URL",
            "https:///jwks, names no host",
            "https:/jwks, names no host",
            "https:jwks, names no host",
            "https://under_score/jwks, names no host",
            "https://issuer.example/{realm}, is not a URL",
            "https://issuer.example/a b, is not a URL"
        })
        void withoutAHostIsAProblem(String location, String problem) {
            assertProblem(TestProperties.withKeysAt(location), PUBLIC_KEY_LOCATION, problem);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://user:pa55@issuer.example/jwks",
                    "https://user:pa55@under_score/jwks",
                    "http://user:pa55@localhost/jwks"
                })
        void withAPasswordIsAProblemThatDoesNotRepeatIt(String location) {
            assertNotRepeated(location, "has a user name or password");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https:user:pa55@issuer.example/jwks", "http:user:pa55@localhost/jwks"})
        void withAPasswordAndWithoutAHostIsAProblemThatDoesNotRepeatIt(String location) {
            assertNotRepeated(location, "names no host");
        }

        private void assertNotRepeated(String location, String problem) {
            assertProblem(TestProperties.withKeysAt(location), PUBLIC_KEY_LOCATION, problem);
            assertThatExceptionOfType(GatehouseConfigException.class)
                    .isThrownBy(() -> read(TestProperties.withKeysAt(location)))
                    .withMessageNotContaining("pa55");
        }
    }

    @Nested
    class Decryption {

        private TestProperties withKey(String text) throws IOException {
            return TestProperties.valid()
                    .with(DECRYPT_KEY_LOCATION, file("decrypt.pem", text).toString());
        }

        @Test
        void isOffByDefault() {
            assertThat(TestProperties.valid().read().jwt().encryption()).isNull();
        }

        @Test
        void takesBothAlgorithms() throws Exception {
            JweSettings settings = read(withKey(pem(RSA.getPrivate()))).jwt().encryption();

            assertThat(settings).isNotNull();
            assertThat(settings.keyAlgorithms()).containsExactlyInAnyOrder("RSA-OAEP", "RSA-OAEP-256");
            assertThat(settings.keys().lookup(null, "RSA-OAEP")).isEqualTo(RSA.getPrivate());
        }

        @Test
        void mayBeNarrowedToOneAlgorithm() throws Exception {
            JweSettings settings = read(withKey(TestJson.object(privateJwk(RSA)))
                            .with(DECRYPT_KEY_ALGORITHM, "RSA-OAEP-256"))
                    .jwt()
                    .encryption();

            assertThat(settings).isNotNull();
            assertThat(settings.keyAlgorithms()).containsExactly("RSA-OAEP-256");
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA1_5", "dir", "rsa-oaep", "RSA-OAEP,A256KW"})
        void takesNoOtherAlgorithm(String algorithm) throws Exception {
            assertProblem(
                    withKey(pem(RSA.getPrivate())).with(DECRYPT_KEY_ALGORITHM, algorithm),
                    DECRYPT_KEY_ALGORITHM,
                    "is not RSA-OAEP or RSA-OAEP-256");
        }

        @Test
        void needsAPrivateRsaKey() throws Exception {
            assertProblem(withKey(pem(RSA.getPublic())), DECRYPT_KEY_LOCATION, "cannot be used: its PEM label");
            assertProblem(withKey(pem(TestKeys.P_256.getPrivate())), DECRYPT_KEY_LOCATION, "it is no RSA private key");
            assertProblem(withKey(pem(WEAK_RSA.getPrivate())), DECRYPT_KEY_LOCATION, "shorter than 2048 bits");
            assertProblem(withKey("rubbish!"), DECRYPT_KEY_LOCATION, "cannot be used: it");
        }

        @ParameterizedTest
        @ValueSource(strings = {"absent.pem", "https://issuer.example/private-key", "http://localhost/private-key"})
        void needsALocalKey(String location) {
            assertProblem(
                    TestProperties.valid().with(DECRYPT_KEY_LOCATION, location),
                    DECRYPT_KEY_LOCATION,
                    "cannot be read");
        }
    }
}
