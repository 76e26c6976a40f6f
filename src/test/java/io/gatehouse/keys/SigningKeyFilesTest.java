package io.gatehouse.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.json.JsonWriter;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyFilesTest {

    private static final String RSA_2048 = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";

    /** RFC 7517 §9.3, RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2: whatever is not for others. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();

    /** Runs OpenSSL in the folder; where there is none, the test says so and does not count. */
    private Path openssl(String arguments) throws Exception {
        boolean there = Stream.of("/usr/bin/openssl", "/usr/local/bin/openssl").anyMatch(p -> Files.exists(Path.of(p)));
        assumeTrue(there || System.getenv("CI") != null, "openssl is not installed");
        String[] words = ("openssl " + arguments).split(" ");
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return folder.resolve(words[Arrays.asList(words).indexOf("-out") + 1]);
    }

    private RotatingSigningKeys keys(Path location, @Nullable String password) throws Exception {
        return RotatingSigningKeys.of(SigningKeyFiles.read(location, password), Duration.ZERO, clock);
    }

    private RotatingSigningKeys keys(Path location) throws Exception {
        return keys(location, null);
    }

    /** What others see: they can verify with it what the key signs. */
    private static void assertPublishedKeyVerifies(RotatingSigningKeys keys) throws Exception {
        SigningKey current = keys.current();
        Map<String, Object> published = keys.publicKeys().get(0);
        VerificationKey read = new JwkParser(KeyPolicy.strict()).parse(published);
        assertThat(published)
                .containsEntry("kid", current.kid())
                .containsEntry("use", "sig")
                .containsEntry("alg", current.algorithm().headerName());
        assertThat(verifies(current, read.publicKey())).isTrue();
    }

    private static boolean verifies(SigningKey key, PublicKey publicKey) throws Exception {
        Signature signer = Signature.getInstance(key.algorithm().jcaName());
        signer.initSign(key.privateKey());
        signer.update(new byte[] {1});
        Signature verifier = Signature.getInstance(key.algorithm().jcaName());
        verifier.initVerify(publicKey);
        verifier.update(new byte[] {1});
        return verifier.verify(signer.sign());
    }

    private void assertRefused(Path location, String... reasons) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> SigningKeyFiles.read(location, null))
                .satisfies(refused -> assertThat(refused.reason()).contains(reasons));
    }

    @Nested
    class AreRead {

        @ParameterizedTest
        @CsvSource({
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, RS256",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, ES256",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384, ES384",
            "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521, ES512",
            "genpkey -algorithm ED25519, EdDSA",
            "genpkey -algorithm ED448, EdDSA",
            "genrsa -traditional 2048, RS256",
            "ecparam -name prime256v1 -genkey, ES256",
            "ecparam -name secp384r1 -genkey, ES384",
            "ecparam -name secp521r1 -genkey -noout, ES512",
        })
        void fromPemOfOpenssl(String command, String algorithm) throws Exception {
            String[] words = command.split(" ", 2);
            RotatingSigningKeys keys = keys(openssl(words[0] + " -out key.pem " + words[1]));

            assertThat(keys.current().algorithm().headerName()).isEqualTo(algorithm);
            assertPublishedKeyVerifies(keys);
        }

        @ParameterizedTest
        @CsvSource({
            "pkcs8 -topk8 -nocrypt -outform DER",
            "rsa -traditional -outform DER",
            "pkcs8 -topk8 -nocrypt -outform PEM",
        })
        void fromFormsOfOneRsaKeyAsTheSameKey(String command) throws Exception {
            Path pem = openssl("genpkey -out rsa.pem " + RSA_2048);
            Path converted = openssl(command.replaceFirst(" ", " -in rsa.pem -out rsa.other "));

            assertThat(keys(converted).publicKeys()).isEqualTo(keys(pem).publicKeys());
        }

        @ParameterizedTest
        @ValueSource(strings = {"P-256", "P-384", "P-521"})
        void fromSec1InDer(String curve) throws Exception {
            Path pem = openssl("genpkey -out ec.pem -algorithm EC -pkeyopt ec_paramgen_curve:" + curve);
            Path der = openssl("ec -in ec.pem -outform DER -out ec.der");

            assertThat(keys(der).publicKeys()).isEqualTo(keys(pem).publicKeys());
        }

        @Test
        void fromPkcs12() throws Exception {
            openssl("req -x509 -newkey rsa:2048 -nodes -subj /CN=us -keyout key.pem -out cert.pem");
            Path store = openssl("pkcs12 -export -inkey key.pem -in cert.pem -passout pass:changeit -out key.p12");

            assertThat(keys(store, "changeit").publicKeys())
                    .isEqualTo(keys(folder.resolve("key.pem")).publicKeys());
            assertRefused(store, "no password is set");
            assertThatExceptionOfType(UnusableKeyException.class)
                    .isThrownBy(() -> SigningKeyFiles.read(store, "wrong"))
                    .satisfies(refused -> assertThat(refused.reason()).doesNotContain("wrong"));
        }

        @Test
        void fromPemWithCertificateBeforeIt() throws Exception {
            openssl("req -x509 -newkey rsa:2048 -nodes -subj /CN=us -keyout key.pem -out cert.pem");
            Path both = Files.writeString(
                    folder.resolve("both.pem"),
                    Files.readString(folder.resolve("cert.pem")) + Files.readString(folder.resolve("key.pem")));

            assertThat(keys(both).publicKeys())
                    .isEqualTo(keys(folder.resolve("key.pem")).publicKeys());
        }

        @Test
        void fromJwkWithItsOwnIdAndAlgorithm() throws Exception {
            Path jwk = Files.writeString(
                    folder.resolve("key.jwk"),
                    TestJson.object(TestKeys.privateJwk(TestKeys.RSA, "kid", "\"mine\"", "alg", "\"PS256\"")));

            assertThat(keys(jwk).current().kid()).isEqualTo("mine");
            assertThat(keys(jwk).publicKeys().get(0)).containsEntry("alg", "PS256");
        }

        @Test
        void fromJwkSetWithoutTheOnesThatSignNothing() throws Exception {
            Path set = Files.writeString(
                    folder.resolve("keys.jwks"),
                    TestKeys.jwks(
                            TestKeys.jwk(TestKeys.OTHER_RSA.getPublic(), "kid", "\"public\""),
                            TestKeys.privateJwk(TestKeys.RSA, "kid", "\"a\""),
                            TestKeys.privateJwk(TestKeys.RSA_3072, "kid", "\"b\""),
                            new LinkedHashMap<>(Map.of("kty", "\"oct\"", "k", "\"AAAA\""))));

            assertThat(keys(set).publicKeys()).extracting(jwk -> jwk.get("kid")).containsExactly("a", "b");
            assertThat(keys(set).current().kid()).isEqualTo("a");
        }

        @Test
        void withTheIdOfTheConfiguration() throws Exception {
            Path pem = Files.writeString(folder.resolve("a.pem"), TestKeys.pem(TestKeys.P_256.getPrivate()));
            RotatingSigningKeys keys =
                    RotatingSigningKeys.of(SigningKeyFiles.read(pem, null).withKeyId("k1"), Duration.ZERO, clock);

            assertThat(keys.current().kid()).isEqualTo("k1");
            assertPublishedKeyVerifies(keys);

            Files.writeString(folder.resolve("b.pem"), TestKeys.pem(TestKeys.P_384.getPrivate()));
            SigningKeyFiles two = SigningKeyFiles.read(folder, null);
            assertThatExceptionOfType(UnusableKeyException.class).isThrownBy(() -> two.withKeyId("k1"));
        }
    }

    @Nested
    class AreRefused {

        @Test
        void whenEncrypted() throws Exception {
            openssl("genpkey -out key.pem " + RSA_2048);

            assertRefused(openssl("pkcs8 -topk8 -in key.pem -passout pass:secret -out new.pem"), "encrypted");
            assertRefused(
                    openssl("pkcs8 -topk8 -in key.pem -passout pass:secret -outform DER -out new.der"), "encrypted");
            assertRefused(
                    openssl("rsa -traditional -aes256 -in key.pem -passout pass:secret -out old.pem"), "encrypted");
        }

        @Test
        void whenPublic() throws Exception {
            openssl("req -x509 -newkey rsa:2048 -nodes -subj /CN=us -keyout key.pem -out cert.pem");

            assertRefused(folder.resolve("cert.pem"), "public keys only");
            assertRefused(openssl("x509 -in cert.pem -outform DER -out cert.der"), "public keys only");
            assertRefused(openssl("rsa -in key.pem -pubout -out public.pem"), "public keys only");
        }

        @Test
        void whenTheHalvesAreOfTwoKeys() throws Exception {
            Map<String, String> mixed = TestKeys.privateJwk(TestKeys.RSA);
            mixed.put("n", TestKeys.jwk(TestKeys.OTHER_RSA.getPublic()).get("n"));
            assertRefused(Files.writeString(folder.resolve("mixed.jwk"), TestJson.object(mixed)), "");
        }

        @Test
        void whenCutShort() throws Exception {
            byte[] der = TestKeys.RSA.getPrivate().getEncoded();
            assertRefused(Files.write(folder.resolve("half.der"), Arrays.copyOf(der, der.length / 2)), "ends too soon");
            assertRefused(Files.writeString(folder.resolve("text.pem"), "no key at all"), "no private key");
        }
    }

    @Test
    void readADirectoryWithoutWhatIsNoPrivateKey() throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -subj /CN=us -keyout key.pem -out cert.pem");
        Files.writeString(folder.resolve("README"), "nothing");

        assertThat(keys(folder).publicKeys()).hasSize(1);
    }

    @Test
    void namesTheFilesOfADirectoryThatHasNoKey() throws Exception {
        openssl("genpkey -out sub.pem " + RSA_2048);
        Path directory = Files.createDirectory(folder.resolve("keys"));
        openssl("pkcs8 -topk8 -in sub.pem -passout pass:secret -out keys/locked.pem");

        assertRefused(directory, "locked.pem", "encrypted");
    }

    /** RFC 7638 §3.1. */
    @Test
    void haveTheThumbprintAsTheirId() throws Exception {
        Map<String, Object> jwk = Map.of(
                "kty",
                "RSA",
                "n",
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV"
                        + "4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb"
                        + "9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw"
                        + "0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
                "e",
                "AQAB");
        PublicKey key = new JwkParser(KeyPolicy.strict()).parse(jwk).publicKey();

        assertThat(PublicJwk.thumbprint(key)).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    /** RFC 8037 §A.3. */
    @Test
    void haveTheThumbprintOfAnEdwardsKeyAsTheirId() throws Exception {
        Map<String, Object> jwk =
                Map.of("kty", "OKP", "crv", "Ed25519", "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        PublicKey key = new JwkParser(KeyPolicy.strict()).parse(jwk).publicKey();

        assertThat(PublicJwk.thumbprint(key)).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    /** RFC 8037 §A.1 has both halves. */
    @Test
    void findThePublicHalfOfAnEdwardsKey() throws Exception {
        Path jwk = Files.writeString(
                folder.resolve("ed.jwk"),
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}");

        assertThat(keys(jwk).publicKeys().get(0)).containsEntry("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }

    enum Kind {
        RSA,
        RSA_3072,
        P_256,
        P_384,
        P_521,
        ED25519,
        ED448
    }

    /** Twenty keys of each kind but the slow ones; the names and the values are looked at. */
    @ParameterizedTest
    @EnumSource
    void publishNoPrivateMember(Kind kind) throws Exception {
        java.security.KeyPair pair =
                (java.security.KeyPair) TestKeys.class.getField(kind.name()).get(null);
        for (String text : List.of(TestKeys.pem(pair.getPrivate()), privateJwk(kind, pair))) {
            Path file = Files.writeString(folder.resolve("key"), text);
            Map<String, Object> published = keys(file).publicKeys().get(0);

            assertThat(published.keySet())
                    .doesNotContainAnyElementsOf(PRIVATE_MEMBERS)
                    .isSubsetOf("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y");
            assertThat(published.values()).allMatch(String.class::isInstance);
            assertThat(JsonWriter.write(published)).doesNotContain(privatePart(pair));
            assertThat(new JwkParser(KeyPolicy.strict()).parse(published).publicKey())
                    .isEqualTo(pair.getPublic());
        }
    }

    private static String privateJwk(Kind kind, java.security.KeyPair pair) {
        if (kind == Kind.RSA || kind == Kind.RSA_3072) {
            return TestJson.object(TestKeys.privateJwk(pair, "kid", "\"a\""));
        }
        Map<String, String> members = TestKeys.jwk(pair.getPublic(), "kid", "\"a\"");
        members.put("d", '"' + privatePart(pair) + '"');
        return TestJson.object(members);
    }

    private static String privatePart(java.security.KeyPair pair) {
        if (pair.getPrivate() instanceof java.security.interfaces.ECPrivateKey ec) {
            return TestKeys.bytes(unsigned(
                            ec.getS().toByteArray(), (ec.getParams().getOrder().bitLength() + 7) / 8))
                    .replace("\"", "");
        }
        if (pair.getPrivate() instanceof java.security.interfaces.EdECPrivateKey ed) {
            return TestKeys.bytes(ed.getBytes().orElseThrow()).replace("\"", "");
        }
        return TestKeys.number(((java.security.interfaces.RSAPrivateKey) pair.getPrivate()).getPrivateExponent())
                .replace("\"", "");
    }

    private static byte[] unsigned(byte[] number, int length) {
        byte[] result = new byte[length];
        int count = Math.min(number.length, length);
        System.arraycopy(number, number.length - count, result, length - count, count);
        return result;
    }

    @Test
    void hideTheKeyInTheirText() throws IOException, UnusableKeyException {
        Path pem = Files.writeString(folder.resolve("a.pem"), TestKeys.pem(TestKeys.P_256.getPrivate()));
        SigningKeyFiles files = SigningKeyFiles.read(pem, "s3cret");

        assertThat(files.toString() + files.files()).doesNotContain("s3cret", "ECPrivateKey");
    }
}
