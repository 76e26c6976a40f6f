package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatehouse.testing.TestKeys;
import java.security.KeyPair;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemParserTest {

    private static void assertRefused(String pem, String why) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> VerificationKeys.parse(pem, KeyPolicy.strict()))
                .satisfies(unusable -> assertThat(unusable.reason()).contains(why));
    }

    @Nested
    class PublicKeys {

        static Stream<KeyPair> everyTypeIsRead() {
            return Stream.of(RSA, TestKeys.P_256, TestKeys.P_384, TestKeys.P_521, TestKeys.ED25519, TestKeys.ED448);
        }

        @ParameterizedTest
        @MethodSource
        void everyTypeIsRead(KeyPair pair) throws Exception {
            assertThat(PemParser.publicKey(pem(pair.getPublic()))).isEqualTo(pair.getPublic());
        }

        @Test
        void certificatesGiveTheirKey() throws Exception {
            assertThat(PemParser.publicKey(Certificates.P_256)).isEqualTo(PemParser.publicKey(Certificates.P_256_KEY));
        }

        @Test
        void theFirstBlockCounts() throws Exception {
            assertThat(PemParser.publicKey(pem(RSA.getPublic()) + pem(TestKeys.OTHER_RSA.getPublic())))
                    .isEqualTo(RSA.getPublic());
        }
    }

    @Nested
    class Refuses {

        static Stream<Arguments> privateKeys() {
            return Stream.of(
                    arguments("PRIVATE KEY"),
                    arguments("RSA PRIVATE KEY"),
                    arguments("EC PRIVATE KEY"),
                    arguments("OPENSSH PRIVATE KEY"));
        }

        @ParameterizedTest
        @MethodSource
        void privateKeys(String label) {
            assertRefused(pem(label, RSA.getPrivate().getEncoded()), "it is a private key, where a public key belongs");
        }

        @Test
        void encryptedPrivateKeys() {
            assertRefused(
                    pem("ENCRYPTED PRIVATE KEY", new byte[10]),
                    "it is an encrypted private key, where a public key belongs");
            assertRefused("""
                    -----BEGIN RSA PRIVATE KEY-----
                    Proc-Type: 4,ENCRYPTED
                    DEK-Info: AES-128-CBC,00

                    AAAA
                    -----END RSA PRIVATE KEY-----
                    """, "it is a private key");
        }

        @Test
        void aPrivateKeyBehindItsParameters() {
            assertRefused(
                    pem("EC PARAMETERS", new byte[10])
                            + pem("EC PRIVATE KEY", TestKeys.P_256.getPrivate().getEncoded()),
                    "it is a private key");
            assertRefused(pem("EC PARAMETERS", new byte[10]), "no complete block");
        }

        @Test
        void anotherEncodingBehindTheLabelOfPkcs1() {
            assertRefused(pem("RSA PUBLIC KEY", RSA.getPublic().getEncoded()), "no RSA public key in PKCS#1");
            assertRefused(pem("RSA PUBLIC KEY", new byte[] {0x30, 4, 2, 0, 2, 0}), "no RSA public key in PKCS#1");
            assertRefused(pem("RSA PUBLIC KEY", new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}), "no valid key");
        }

        @Test
        void aPrivateKeyBehindThePublicLabel() {
            assertRefused(pem("PUBLIC KEY", RSA.getPrivate().getEncoded()), "no RSA, EC or Edwards-curve public key");
        }

        @ParameterizedTest
        @ValueSource(strings = {"CERTIFICATE REQUEST", "X509 CRL", "PKCS7", "DH PARAMETERS"})
        void otherLabels(String label) {
            assertRefused(pem(label, RSA.getPublic().getEncoded()), "its PEM label is \"" + label + "\"");
        }

        @ParameterizedTest
        @CsvSource(
                value = {
                    "-----BEGIN PUBLIC KEY-----",
                    "-----BEGIN PUBLIC KEY-----|AAAA",
                    "-----BEGIN PUBLIC KEY-----|AAAA|-----END CERTIFICATE-----",
                    "-----BEGIN PUBLIC KEY-----|AA_-|-----END PUBLIC KEY-----",
                    "-----BEGIN -----|AAAA|-----END -----",
                    "-----BEGIN PUBLIC KEY-----|Proc-Type: 4,ENCRYPTED|AAAA|-----END PUBLIC KEY-----"
                },
                delimiter = ';')
        void brokenBlocks(String lines) {
            assertRefused(lines.replace('|', '\n'), "no complete block");
        }

        @ParameterizedTest
        @CsvSource({"'', no RSA", "A, not base64", "AAAA, no RSA", "=, no"})
        void contentThatIsNoKey(String content, String why) {
            assertRefused("-----BEGIN PUBLIC KEY-----\n" + content + "\n-----END PUBLIC KEY-----", why);
        }

        @Test
        void aBrokenCertificate() {
            assertRefused(pem("CERTIFICATE", RSA.getPublic().getEncoded()), "no X.509 certificate");
        }

        @Test
        void aCertificateOfAWeakKey() {
            assertRefused(Certificates.WEAK_RSA, "1024 bits");
        }

        @Test
        void aWeakKey() {
            assertRefused(pem(TestKeys.WEAK_RSA.getPublic()), "1024 bits");
        }

        @Test
        void anotherCurve() {
            assertRefused(Certificates.SECP256K1_KEY, "its curve is none of P-256, P-384 and P-521");
        }

        /** Its encoding (id-RSASSA-PSS, RFC 4055) forbids RS256; a JWK with "alg" says the same where it is needed. */
        @Test
        void aKeyThatItsEncodingKeepsToPss() {
            assertRefused(pem(TestKeys.RSA_PSS.getPublic()), "it is no RSA, EC or Edwards-curve public key");
        }

        @Test
        void aKeyForKeyAgreement() {
            assertRefused(pem(TestKeys.X25519.getPublic()), "it is no RSA, EC or Edwards-curve public key");
        }
    }

    @Test
    void aReasonRepeatsNothingOfAPrivateKey() {
        String pem = pem(RSA.getPrivate());
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> VerificationKeys.parse(pem, KeyPolicy.strict()))
                .satisfies(unusable -> assertThat(pem.lines().skip(1)).noneMatch(unusable.reason()::contains));
    }
}
