package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.ED25519;
import static io.gatehouse.testing.TestKeys.P_256;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.testing.TestKeys.pem;
import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.HEADER_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8725 §2.1 and §3.1: the token must not choose how it is checked. */
class AlgorithmConfusionTest {

    private final TestGate gate = TestGate.rsa();

    @Nested
    class None {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "none",
                    "None",
                    "NONE",
                    "nOnE",
                    "noNE",
                    "nonE",
                    " none",
                    "none ",
                    "none\\u0000",
                    "n\\u006fne",
                    "\\u006eone",
                    "no\\ne",
                    "null",
                    "",
                    " ",
                    "nil",
                    "undefined",
                    "false",
                    "0"
                })
        void isRefusedInEverySpelling(String alg) {
            TestTokens token = TestTokens.valid().header("alg", "\"" + alg + "\"");

            gate.assertRefused(token, ALGORITHM_NOT_ACCEPTED); // with a genuine RS256 signature
            gate.assertRefused(token.compact(new byte[0]), MALFORMED);
            gate.assertRefused(token.signingInput(), MALFORMED);
            gate.assertRefused(token.compact(new byte[1]), ALGORITHM_NOT_ACCEPTED);
            assertThat(gate.lookups()).isZero();
        }

        @Test
        void isNotWhatAnAbsentSignatureMeans() {
            gate.assertRefused(TestTokens.valid().compact(new byte[0]), MALFORMED);
            gate.assertRefused(TestTokens.valid().signingInput(), MALFORMED);
        }
    }

    @Nested
    class Spelling {

        @ParameterizedTest
        @ValueSource(strings = {"null", "true", "0", "256", "[\"RS256\"]", "{\"alg\":\"RS256\"}", "[]", "{}"})
        void ofTheWrongTypeIsRefused(String alg) {
            gate.assertRefused(TestTokens.valid().header("alg", alg), ALGORITHM_NOT_ACCEPTED);
        }

        @Test
        void thatIsAbsentIsRefused() {
            gate.assertRefused(TestTokens.valid().withoutHeader("alg"), ALGORITHM_NOT_ACCEPTED);
            gate.assertRefused(
                    TestTokens.valid().withoutHeader("alg").header("Alg", "\"RS256\""), ALGORITHM_NOT_ACCEPTED);
            gate.assertRefused(
                    TestTokens.valid().withoutHeader("alg").header("ALG", "\"RS256\""), ALGORITHM_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "rs256",
                    "Rs256",
                    "RS256 ",
                    " RS256",
                    "RS-256",
                    "RSA256",
                    "SHA256withRSA",
                    "RS256\\u0000",
                    "\\u0420S256",
                    "\\uff32\\uff33256",
                    "RS1",
                    "RSA",
                    "RSASSA-PSS",
                    "1.2.840.113549.1.1.11",
                    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                    "dir",
                    "RSA-OAEP",
                    "RSA1_5",
                    "A128KW",
                    "PBES2-HS256+A128KW"
                })
        void thatIsNotExactIsRefusedAlsoWhereTheSignatureIsGenuine(String alg) {
            gate.assertRefused(TestTokens.valid().header("alg", "\"" + alg + "\""), ALGORITHM_NOT_ACCEPTED);
        }

        @Test
        void thatIsExactAfterUnescapingIsAccepted() {
            gate.assertAccepted(TestTokens.valid().header("alg", "\"RS\\u003256\""));
        }

        @Test
        void givenTwiceIsRefused() {
            String header = "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"key-1\"}";
            gate.assertRefused(TestTokens.valid().headerText(header.getBytes(UTF_8)), MALFORMED);
        }
    }

    @Nested
    class HmacWithThePublicKey {

        /** Every text or bytes of the public key that an attacker can come by. */
        static Stream<byte[]> publicBytes() {
            return Stream.of(RSA, P_256, ED25519).map(KeyPair::getPublic).flatMap(HmacWithThePublicKey::encodings);
        }

        private static Stream<byte[]> encodings(PublicKey key) {
            byte[] der = key.getEncoded();
            String pem = pem(key);
            Map<String, String> jwk = jwk(key);
            String withKid = TestJson.object(jwk(key, "kid", TestJson.quote(TestTokens.KID)));
            Stream<String> texts = Stream.of(
                    pem,
                    pem.strip(),
                    pem.replace("\n", "\r\n"),
                    pem.replace("\n", ""),
                    " " + pem,
                    "\n" + pem,
                    pem("RSA PUBLIC KEY", der),
                    Base64.getEncoder().encodeToString(der),
                    Base64.getMimeEncoder().encodeToString(der),
                    Base64Url.encode(der),
                    TestJson.object(jwk),
                    withKid,
                    jwks(jwk),
                    "{\"keys\":[" + withKid + "]}",
                    TestTokens.KID,
                    TestTokens.ISSUER,
                    "secret");
            Stream<byte[]> raw = key instanceof RSAPublicKey rsa
                    ? Stream.of(der, rsa.getModulus().toByteArray())
                    : Stream.of(der, new byte[1], new byte[32]);
            return Stream.concat(texts.map(text -> text.getBytes(UTF_8)), raw);
        }

        @ParameterizedTest
        @MethodSource("publicBytes")
        void isRefused(byte[] key) throws Exception {
            TestGate everyKey = TestGate.ofText(jwks(
                    jwk(RSA.getPublic(), "kid", TestJson.quote(TestTokens.KID)),
                    jwk(P_256.getPublic(), "kid", "\"ec\""),
                    jwk(ED25519.getPublic(), "kid", "\"ed\"")));
            for (String bits : List.of("256", "384", "512")) {
                TestTokens token = TestTokens.valid().header("alg", "\"HS" + bits + "\"");
                byte[] mac = mac("HmacSHA" + bits, key, token.signingInput());

                everyKey.assertRefused(token.compact(mac), ALGORITHM_NOT_ACCEPTED);
            }
            assertThat(everyKey.lookups()).isZero();
        }

        private byte[] mac(String name, byte[] key, String text) throws GeneralSecurityException {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return mac.doFinal(text.getBytes(US_ASCII));
        }
    }

    @Nested
    class OneKeyOneAlgorithm {

        @ParameterizedTest
        @EnumSource
        void refusesEveryOtherAlgorithmThatTheKeyCouldDo(SignatureAlgorithm configured) {
            TestGate one = TestGate.of(configured);
            for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
                boolean same = other == configured
                        || (TestKeys.of(other) == TestKeys.of(configured)
                                && other.jcaName().equals("EdDSA"));
                assertThat(one.accepts(TestTokens.valid().algorithm(other).compact()))
                        .as(configured + " key, " + other + " token")
                        .isEqualTo(same);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"RS384", "RS512", "PS256", "PS384", "PS512"})
        void meansRs256ForAnRsaKeyThatSaysNothing(SignatureAlgorithm other) {
            gate.assertRefused(TestTokens.valid().algorithm(other), ALGORITHM_NOT_ACCEPTED);
        }

        @Test
        void isWidenedByTheAllowListOnly() {
            TestGate two = TestGate.ofText(pem(RSA.getPublic()), SignatureAlgorithm.RS512, SignatureAlgorithm.PS256);

            two.assertAccepted(TestTokens.valid().algorithm(SignatureAlgorithm.RS512));
            two.assertAccepted(TestTokens.valid().algorithm(SignatureAlgorithm.PS256));
            two.assertRefused(TestTokens.valid(), ALGORITHM_NOT_ACCEPTED);
        }

        @Test
        void isNotAskedOfAKeyWhereTheAllowListSaysNo() {
            TestGate two = TestGate.ofText(pem(RSA.getPublic()), SignatureAlgorithm.RS512, SignatureAlgorithm.PS256);

            two.assertRefused(TestTokens.valid(), ALGORITHM_NOT_ACCEPTED);
            assertThat(two.lookups()).as("a refused token fetches no keys").isZero();
        }

        @Test
        void holdsAlsoWhereTheTokenLies() {
            for (SignatureAlgorithm claimed : SignatureAlgorithm.values()) {
                TestTokens token = TestTokens.valid().header("alg", TestJson.quote(claimed.headerName()));
                assertThat(gate.accepts(token.compact())).isEqualTo(claimed == SignatureAlgorithm.RS256);
            }
        }
    }

    @Test
    void anEncryptionHeaderMakesNoDifferenceToASignedToken() {
        gate.assertRefused(TestTokens.valid().header("enc", "1"), HEADER_NOT_ACCEPTED);
        gate.assertRefused(
                TestTokens.valid().header("alg", "\"RSA-OAEP\"").header("enc", "\"A256GCM\""), ALGORITHM_NOT_ACCEPTED);
    }
}
