package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.WEAK_RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.testing.TestKeys.pem;
import static io.gatehouse.testing.TestKeys.privateJwk;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileParserTest {

    private static final String PASSWORD = "changeit";
    private static final List<String> TYPES = List.of("rsa", "p-256", "p-384", "p-521", "ed25519");

    static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(KeyFileParserTest.class.getResourceAsStream("/keys/" + name))) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(String name) {
        return new String(resource(name), UTF_8);
    }

    private static KeyFileContent parse(byte[] content) throws UnusableKeyException {
        return parse(content, "the-name", PASSWORD);
    }

    private static KeyFileContent parse(byte[] content, String name, @Nullable String password)
            throws UnusableKeyException {
        return new KeyFileParser(KeyPolicy.strict(), password).parse(content, name);
    }

    private static void assertRefused(byte[] content, String why) {
        assertRefused(content, "the-name", PASSWORD, why);
    }

    private static void assertRefused(byte[] content, String name, @Nullable String password, String why) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> parse(content, name, password))
                .satisfies(unusable -> assertThat(unusable.reason())
                        .contains(why)
                        .startsWith("it")
                        .doesNotContain(PASSWORD));
    }

    private static byte[] der(Certificate certificate) throws GeneralSecurityException {
        return certificate.getEncoded();
    }

    private static Certificate certificate(String type) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(resource(type + "-certificate.pem")));
    }

    private static byte[] keyStore(String type, String alias, Certificate certificate, @Nullable KeyPair own)
            throws GeneralSecurityException, IOException {
        KeyStore keyStore = KeyStore.getInstance(type);
        keyStore.load(null, null);
        if (own == null) {
            keyStore.setCertificateEntry(alias, certificate);
        } else {
            keyStore.setKeyEntry(alias, own.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        keyStore.store(out, PASSWORD.toCharArray());
        return out.toByteArray();
    }

    private static byte[] mime(byte[] bytes) {
        return Base64.getMimeEncoder().encode(bytes);
    }

    private static byte[] withMark(String text) {
        return ("\uFEFF" + text).getBytes(UTF_8);
    }

    @Nested
    class ReadsEveryFormOfEveryType {

        static Stream<Arguments> theKey() {
            return TYPES.stream().flatMap(ReadsEveryFormOfEveryType::forms);
        }

        private static Stream<Arguments> forms(String type) {
            try {
                Certificate certificate = certificate(type);
                PublicKey key = certificate.getPublicKey();
                String jwk = TestJson.object(jwk(key));
                String publicPem = text(type + "-public.pem");
                return Stream.of(
                        arguments(type, "PEM", publicPem.getBytes(UTF_8)),
                        arguments(
                                type,
                                "PEM with CRLF",
                                publicPem.replace("\n", "\r\n").getBytes(UTF_8)),
                        arguments(type, "PEM with byte order mark", withMark(publicPem)),
                        arguments(type, "PEM of the JDK's key", pem(key).getBytes(UTF_8)),
                        arguments(type, "PEM certificate", resource(type + "-certificate.pem")),
                        arguments(
                                type,
                                "PEM certificate behind a chain's text",
                                ("Bag Attributes: ä\n" + text(type + "-certificate.pem") + Certificates.P_256)
                                        .getBytes(UTF_8)),
                        arguments(type, "JWK", jwk.getBytes(UTF_8)),
                        arguments(type, "JWK with byte order mark", withMark("\n" + jwk)),
                        arguments(type, "JWK Set", jwks(jwk(key)).getBytes(UTF_8)),
                        arguments(
                                type, "base64 of a JWK Set", mime(jwks(jwk(key)).getBytes(UTF_8))),
                        arguments(type, "DER", key.getEncoded()),
                        arguments(type, "DER certificate", der(certificate)),
                        arguments(type, "base64 of DER", mime(key.getEncoded())),
                        arguments(type, "base64 of a DER certificate", mime(der(certificate))),
                        arguments(type, "PKCS#12, trusted", keyStore("PKCS12", "a", certificate, null)),
                        arguments(type, "PKCS#12, own", keyStore("PKCS12", "a", certificate, RSA)),
                        arguments(type, "JKS, trusted", keyStore("JKS", "a", certificate, null)),
                        arguments(type, "JKS, own", keyStore("JKS", "a", certificate, RSA)),
                        arguments(type, "base64 of PKCS#12", mime(keyStore("PKCS12", "a", certificate, null))));
            } catch (GeneralSecurityException | IOException broken) {
                throw new AssertionError(broken);
            }
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource
        void theKey(String type, String form, byte[] content) throws Exception {
            KeyFileContent parsed = parse(content);

            assertThat(parsed.identified()).isEmpty();
            assertThat(parsed.named()).singleElement().satisfies(key -> assertThat(key.publicKey())
                    .isEqualTo(certificate(type).getPublicKey()));
            assertThat(parsed.keyStore()).isEqualTo(form.contains("PKCS#12") || form.contains("JKS"));
            assertThat(parsed.certificates()).hasSize(parsed.keyStore() || form.contains("certificate") ? 1 : 0);
        }

        @Test
        void asPkcs1() throws Exception {
            byte[] pem = resource("rsa-pkcs1.pem");
            byte[] der = Base64.getMimeDecoder().decode(text("rsa-pkcs1.pem").replaceAll("-----[A-Z ]+-----", ""));

            for (byte[] content : List.of(pem, der, mime(der))) {
                assertThat(parse(content).named()).singleElement().satisfies(key -> assertThat(key.publicKey())
                        .isEqualTo(certificate("rsa").getPublicKey()));
            }
        }

        @ParameterizedTest
        @CsvSource({"keytool-trusted.p12,trusted", "keytool-trusted.jks,trusted", "openssl-own-key.p12,openssl"})
        void asToolsMakeKeyStores(String file, String alias) throws Exception {
            assertThat(parse(resource(file)).named()).singleElement().satisfies(key -> {
                assertThat(key.kid()).isEqualTo(alias);
                assertThat(key.publicKey()).isEqualTo(certificate("p-256").getPublicKey());
            });
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @CsvSource({"a.pem,a", "a.b.pem,a.b", "a,a", ".pem,.pem"})
        void keysWithoutAnIdByTheirFile(String file, String name) throws Exception {
            for (String content : List.of(pem(RSA.getPublic()), TestJson.object(jwk(RSA.getPublic())))) {
                assertThat(parse(content.getBytes(UTF_8), file, null).named())
                        .extracting(VerificationKey::kid)
                        .containsExactly(name);
            }
        }

        @Test
        void keysWithAnIdByThat() throws Exception {
            KeyFileContent parsed = parse(jwks(jwk(RSA.getPublic(), "kid", "\"id\""), jwk(TestKeys.P_256.getPublic()))
                    .getBytes(UTF_8));

            assertThat(parsed.identified()).extracting(VerificationKey::kid).containsExactly("id");
            assertThat(parsed.named()).extracting(VerificationKey::kid).containsExactly("the-name");
        }
    }

    @Nested
    class SkipsOfAKeyStore {

        @Test
        void whatCannotVerify() throws Exception {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            keyStore.setCertificateEntry("good", certificate("rsa"));
            keyStore.setCertificateEntry(
                    "weak",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(Certificates.WEAK_RSA.getBytes(UTF_8))));
            keyStore.setEntry(
                    "secret\n",
                    new KeyStore.SecretKeyEntry(new javax.crypto.spec.SecretKeySpec(new byte[16], "AES")),
                    new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            keyStore.store(out, PASSWORD.toCharArray());

            KeyFileContent parsed = parse(out.toByteArray());

            assertThat(parsed.named()).extracting(VerificationKey::kid).containsExactly("good");
            assertThat(parsed.skipped())
                    .containsExactly(
                            "entry secret?: it has no certificate",
                            "entry weak: its RSA modulus has 1024 bits, not 2048 to 16384");
        }
    }

    @Nested
    class Refuses {

        static Stream<Arguments> privateKeys() {
            return Stream.of(
                            arguments("PKCS#8 PEM", pem(RSA.getPrivate()).getBytes(UTF_8)),
                            arguments("PKCS#8 DER", RSA.getPrivate().getEncoded()),
                            arguments(
                                    "EC PKCS#8 DER", TestKeys.P_256.getPrivate().getEncoded()),
                            arguments(
                                    "Ed25519 PKCS#8 DER",
                                    TestKeys.ED25519.getPrivate().getEncoded()),
                            arguments("SEC 1 behind parameters", resource("private-with-parameters.pem")),
                            arguments("SEC 1 DER", new byte[] {0x30, 6, 2, 1, 1, 4, 1, 7}),
                            arguments("PKCS#1 DER", new byte[] {0x30, 9, 2, 1, 0, 2, 1, 15, 2, 1, 3}),
                            arguments(
                                    "OpenSSH",
                                    pem("OPENSSH PRIVATE KEY", new byte[9]).getBytes(UTF_8)),
                            arguments("encrypted of old", resource("encrypted-private-traditional.pem")),
                            arguments("base64 of PKCS#8", mime(RSA.getPrivate().getEncoded())))
                    .map(form -> arguments(form.get()[0], form.get()[1], "it is a private key, where a public"));
        }

        static Stream<Arguments> otherKeys() {
            return Stream.of(
                            arguments("JWK", TestJson.object(privateJwk(RSA)), "it holds a private or symmetric key"),
                            arguments(
                                    "JWK Set",
                                    jwks(privateJwk(RSA, "kid", "\"a\"")),
                                    "it has no usable key [key a: it holds"),
                            arguments("encrypted", text("encrypted-private.pem"), "it is an encrypted private key"),
                            arguments("OpenSSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me", "it is an OpenSSH public key"),
                            arguments("weak", pem(WEAK_RSA.getPublic()), "its RSA modulus has 1024 bits"),
                            arguments("weak certificate", Certificates.WEAK_RSA, "its RSA modulus has 1024 bits"),
                            arguments("other curve", Certificates.SECP256K1_KEY, "its curve is none of"),
                            arguments(
                                    "key agreement",
                                    pem(TestKeys.X25519.getPublic()),
                                    "it is no RSA, EC or Edwards-curve"),
                            arguments("PKCS#7 PEM", text("bundle.p7b.pem"), "its PEM label is \"PKCS7\""),
                            arguments("no key", "{\"keys\":[]}", "it has no usable key"),
                            arguments("broken JSON", "{\"keys\":[", "it is no valid JSON"),
                            arguments("half a block", "-----BEGIN PUBLIC KEY-----\nAAAA", "it"),
                            arguments("HTML", "<!DOCTYPE html><p>Not found", "it is HTML or XML"),
                            arguments("empty", "", "it is empty"),
                            arguments("blank", " \r\n\t", "it is empty"),
                            arguments("a text", "a password, perhaps", "it is no PEM, JWK or JWK Set"),
                            arguments("base64 of nothing", "AAAAAAAA", "it is no PEM, JWK, JWK Set, DER key"))
                    .map(form -> arguments(form.get()[0], ((String) form.get()[1]).getBytes(UTF_8), form.get()[2]));
        }

        static Stream<Arguments> binary() {
            byte[] spki = RSA.getPublic().getEncoded();
            byte[] store = resource("keytool-trusted.p12");
            byte[] jks = resource("keytool-trusted.jks");
            byte[] encrypted =
                    Base64.getMimeDecoder().decode(text("encrypted-private.pem").replaceAll("-----[A-Z ]+-----", ""));
            return Stream.of(
                    arguments("half a DER key", Arrays.copyOf(spki, spki.length / 2), "it is DER that ends too soon"),
                    arguments(
                            "half a key store", Arrays.copyOf(store, store.length / 2), "it is DER that ends too soon"),
                    arguments("half a JKS", Arrays.copyOf(jks, jks.length / 2), "it is a damaged key store"),
                    arguments("JCEKS", resource("keytool.jceks"), "it is a JCEKS key store"),
                    arguments("PKCS#7", resource("bundle.p7b"), "it is a PKCS#7 bundle"),
                    arguments("encrypted PKCS#8", encrypted, "it is an encrypted private key"),
                    arguments(
                            "certificates that Java ignores",
                            resource("openssl-certificate-only.p12"),
                            "it is a key store without a certificate that Java sees"),
                    arguments("indefinite PKCS#12", new byte[] {0x30, (byte) 0x80, 2, 1, 3, 0}, "it is a damaged key"),
                    arguments("an empty sequence", new byte[] {0x30, 0}, "it is no PEM"),
                    arguments("zeros", new byte[500], "it is no PEM"),
                    arguments("UTF-16", pem(RSA.getPublic()).getBytes(UTF_16), "it is UTF-16 text"),
                    arguments("UTF-16 of Windows", ("\uFEFF" + "key").getBytes(UTF_16LE), "it is UTF-16 text"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource({"privateKeys", "otherKeys", "binary"})
        void andSaysWhy(String form, byte[] content, String why) {
            assertRefused(content, why);
        }

        @Test
        void aKeyStoreWithoutItsPassword() {
            for (String file : List.of("keytool-trusted.p12", "keytool-trusted.jks", "openssl-own-key.p12")) {
                assertRefused(
                        resource(file), "a.p12", "wrong", "it is a key store that the configured password (key-store");
            }
            for (String file : List.of("keytool-trusted.p12", "openssl-own-key.p12")) {
                assertRefused(resource(file), "a.p12", null, "it is a key store, and no password (key-store-password)");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "keys.p12, a PKCS#12 key store",
            "keys.PFX, a PKCS#12 key store",
            "keys.jks, a JKS key store",
            "key.der, DER",
            "key.pem, PEM",
        })
        void whatIsNotAsItsNamePromises(String name, String promised) {
            assertRefused(new byte[20], name, PASSWORD, "key store, though its name promises " + promised);
        }

        @ParameterizedTest
        @ValueSource(strings = {"keys", "keys.txt", "keys."})
        void whatHasANameThatPromisesNothing(String name) {
            assertThatExceptionOfType(UnusableKeyException.class)
                    .isThrownBy(() -> parse(new byte[20], name, PASSWORD))
                    .satisfies(unusable -> assertThat(unusable.reason()).doesNotContain("promises"));
        }

        /** The platform's readers meet content that nobody meant for them; a request must not meet what they throw. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "keytool-trusted.p12",
                    "keytool-trusted.jks",
                    "openssl-own-key.p12",
                    "p-256-certificate.pem",
                    "rsa-pkcs1.pem",
                    "ed25519-public.pem",
                    "bundle.p7b"
                })
        void damagedFilesWithNothingButAReason(String file) {
            Random random = new Random(file.hashCode());
            byte[] good = content(file);
            for (int i = 0; i < 300; i++) {
                byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
                for (int changes = random.nextInt(4); changes > 0 && bad.length > 0; changes--) {
                    // Not in a key store's iteration count, which a change may make huge.
                    bad[random.nextInt(Math.min(bad.length, 40))] = (byte) random.nextInt(256);
                }
                readsOrRefuses(bad);
            }
        }

        private static byte[] content(String file) {
            byte[] content = resource(file);
            boolean pem = file.endsWith(".pem");
            String base64 = new String(content, US_ASCII).replaceAll("-----[A-Z0-9 ]+-----", "");
            return pem ? Base64.getMimeDecoder().decode(base64) : content;
        }

        private static void readsOrRefuses(byte[] content) {
            try {
                assertThat(parse(content).size()).isEqualTo(1);
            } catch (UnusableKeyException refused) {
                assertThat(refused.reason()).startsWith("it");
            }
        }
    }

    @Nested
    class Dates {

        private static final Instant VALID = Instant.parse("2020-06-01T00:00:00Z");

        private static List<String> at(Instant now) throws UnusableKeyException {
            return parse(resource("expired-certificate.pem")).datesToKnow(now);
        }

        @Test
        void ofACertificateAreToldWhereTheyMatter() throws Exception {
            Instant from = parse(resource("expired-certificate.pem"))
                    .certificates()
                    .get(0)
                    .getNotBefore()
                    .toInstant();

            assertThat(at(VALID)).isEmpty();
            assertThat(at(from)).isEmpty();
            assertThat(at(from.minusSeconds(1))).containsExactly("is valid from " + from + " only");
        }
    }
}
