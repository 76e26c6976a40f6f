package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.OTHER_P_256;
import static io.gatehouse.testing.TestKeys.P_256;
import static io.gatehouse.testing.TestKeys.P_384;
import static io.gatehouse.testing.TestKeys.RSA;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureForgeryTest {

    private static final String TEXT = "e30.e30";

    private static byte[] sign(SignatureAlgorithm algorithm) {
        return TestTokens.sign(algorithm, TestKeys.of(algorithm).getPrivate(), TEXT);
    }

    private static boolean verifies(SignatureAlgorithm algorithm, PublicKey key, byte[] signature) {
        return JwsVerifier.verify(algorithm, key, TEXT.getBytes(US_ASCII), signature);
    }

    private static boolean verifies(SignatureAlgorithm algorithm, byte[] signature) {
        return verifies(algorithm, TestKeys.of(algorithm).getPublic(), signature);
    }

    private static byte[] concat(byte[]... parts) {
        byte[] whole = new byte[0];
        for (byte[] part : parts) {
            byte[] longer = Arrays.copyOf(whole, whole.length + part.length);
            System.arraycopy(part, 0, longer, whole.length, part.length);
            whole = longer;
        }
        return whole;
    }

    @Nested
    class OfEveryAlgorithm {

        @ParameterizedTest
        @EnumSource
        void theGenuineOneIsTheOnlyOne(SignatureAlgorithm algorithm) {
            assertThat(verifies(algorithm, sign(algorithm))).isTrue();
            assertThat(JwsVerifier.verify(
                            algorithm,
                            TestKeys.of(algorithm).getPublic(),
                            "e30.e31".getBytes(US_ASCII),
                            sign(algorithm)))
                    .isFalse();
        }

        @ParameterizedTest
        @EnumSource
        void noOtherLengthIsTaken(SignatureAlgorithm algorithm) {
            byte[] signature = sign(algorithm);
            for (int length = 0; length < signature.length; length++) {
                assertThat(verifies(algorithm, Arrays.copyOf(signature, length)))
                        .isFalse();
                assertThat(verifies(
                                algorithm, Arrays.copyOfRange(signature, signature.length - length, signature.length)))
                        .isFalse();
            }
            for (int more = 1; more < 5; more++) {
                assertThat(verifies(algorithm, Arrays.copyOf(signature, signature.length + more)))
                        .isFalse();
                assertThat(verifies(algorithm, concat(new byte[more], signature)))
                        .isFalse();
            }
            assertThat(verifies(algorithm, concat(signature, signature))).isFalse();
        }

        @ParameterizedTest
        @EnumSource
        void noBitMayBeAnother(SignatureAlgorithm algorithm) {
            byte[] signature = sign(algorithm);
            for (int bit = 0; bit < 8 * signature.length; bit += 11) {
                byte[] flipped = signature.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(verifies(algorithm, flipped)).as("bit " + bit).isFalse();
            }
        }

        @ParameterizedTest
        @EnumSource
        void constantAndRandomBytesAreNone(SignatureAlgorithm algorithm) {
            int length = sign(algorithm).length;
            for (byte value : new byte[] {0, 1, 0x7f, (byte) 0x80, (byte) 0xff}) {
                byte[] constant = new byte[length];
                Arrays.fill(constant, value);
                assertThat(verifies(algorithm, constant)).isFalse();
            }
            byte[] random = new byte[length];
            new SecureRandom().nextBytes(random);
            assertThat(verifies(algorithm, random)).isFalse();
        }

        @ParameterizedTest
        @EnumSource
        void thatOfAnotherAlgorithmIsNone(SignatureAlgorithm algorithm) {
            for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
                if (!other.jcaName().equals(algorithm.jcaName())
                        || other.parameters().isPresent()) {
                    assertThat(verifies(algorithm, sign(other)))
                            .as(other + " as " + algorithm)
                            .isEqualTo(other == algorithm);
                }
            }
        }
    }

    @Nested
    class Rsa {

        private final BigInteger modulus = ((RSAPublicKey) RSA.getPublic()).getModulus();

        private byte[] bytes(BigInteger number) {
            byte[] signed = number.toByteArray();
            byte[] padded = new byte[256];
            int length = Math.min(signed.length, 256);
            System.arraycopy(signed, signed.length - length, padded, 256 - length, length);
            return padded;
        }

        @ParameterizedTest
        @EnumSource(names = {"RS256", "PS256"})
        void numbersAtTheEdgesAreNone(SignatureAlgorithm algorithm) {
            BigInteger genuine = new BigInteger(1, sign(algorithm));
            for (BigInteger number : List.of(
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    modulus.subtract(BigInteger.ONE),
                    modulus,
                    modulus.add(BigInteger.ONE),
                    modulus.subtract(genuine))) {
                assertThat(verifies(algorithm, bytes(number))).isFalse();
            }
            assertThat(verifies(algorithm, genuine.add(modulus).toByteArray())).isFalse();
        }

        @Test
        void anExponentOfOneWouldMakeEveryTextItsOwnSignatureButSuchAKeyCannotGetHere() {
            String jwks = TestKeys.jwks(TestKeys.jwk(RSA.getPublic(), "e", "\"AQ\""));
            assertThatThrownBy(() -> TestGate.ofText(jwks)).hasMessageContaining("no usable key");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"MD5withRSA", "SHA1withRSA", "SHA224withRSA", "SHA384withRSA", "SHA512withRSA", "NONEwithRSA"
                })
        void anotherHashUnderRs256IsNone(String jcaName) throws Exception {
            assertThat(verifies(SignatureAlgorithm.RS256, sign(jcaName, null))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 20, 31, 33, 64, 222})
        void anotherSaltLengthIsNone(int saltLength) throws Exception {
            PSSParameterSpec pss = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltLength, 1);
            assertThat(verifies(SignatureAlgorithm.PS256, sign("RSASSA-PSS", pss)))
                    .isFalse();
        }

        static Stream<Arguments> masks() {
            return Stream.of(
                    Arguments.of("SHA-256", MGF1ParameterSpec.SHA1),
                    Arguments.of("SHA-256", MGF1ParameterSpec.SHA512),
                    Arguments.of("SHA-1", MGF1ParameterSpec.SHA1),
                    Arguments.of("SHA-1", MGF1ParameterSpec.SHA256),
                    Arguments.of("SHA-384", MGF1ParameterSpec.SHA384));
        }

        @ParameterizedTest
        @MethodSource("masks")
        void anotherHashOrMaskUnderPs256IsNone(String hash, MGF1ParameterSpec mask) throws Exception {
            PSSParameterSpec pss = new PSSParameterSpec(hash, "MGF1", mask, 32, 1);
            assertThat(verifies(SignatureAlgorithm.PS256, sign("RSASSA-PSS", pss)))
                    .isFalse();
        }

        private byte[] sign(String jcaName, PSSParameterSpec parameters) throws Exception {
            Signature signer = Signature.getInstance(jcaName);
            signer.initSign(RSA.getPrivate());
            if (parameters != null) {
                signer.setParameter(parameters);
            }
            signer.update(TEXT.getBytes(US_ASCII));
            return signer.sign();
        }

        private byte[] sign(SignatureAlgorithm algorithm) {
            return SignatureForgeryTest.sign(algorithm);
        }
    }

    @Nested
    class EllipticCurves {

        static Stream<SignatureAlgorithm> all() {
            return Stream.of(SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.ES512);
        }

        private BigInteger order(SignatureAlgorithm algorithm) {
            return ((ECPublicKey) TestKeys.of(algorithm).getPublic())
                    .getParams()
                    .getOrder();
        }

        private byte[] fixed(BigInteger number, int length) {
            byte[] signed = number.toByteArray();
            byte[] padded = new byte[length];
            int copied = Math.min(signed.length, length);
            System.arraycopy(signed, signed.length - copied, padded, length - copied, copied);
            return padded;
        }

        /** CVE-2022-21449: Java 15 to 17.0.2 took r = s = 0, and multiples of the order, for anything. */
        @ParameterizedTest
        @MethodSource("all")
        void takeNoIntegerAtTheEdgesOfTheirRange(SignatureAlgorithm algorithm) {
            byte[] signature = sign(algorithm);
            int half = signature.length / 2;
            BigInteger n = order(algorithm);
            List<byte[]> edges = Stream.of(
                            BigInteger.ZERO,
                            BigInteger.ONE,
                            n.subtract(BigInteger.ONE),
                            n,
                            n.add(BigInteger.ONE),
                            BigInteger.TWO.pow(8 * half).subtract(BigInteger.ONE))
                    .map(number -> fixed(number, half))
                    .toList();
            byte[] r = Arrays.copyOf(signature, half);
            byte[] s = Arrays.copyOfRange(signature, half, 2 * half);

            for (byte[] edge : edges) {
                assertThat(verifies(algorithm, concat(r, edge))).isFalse();
                assertThat(verifies(algorithm, concat(edge, s))).isFalse();
                for (byte[] other : edges) {
                    assertThat(verifies(algorithm, concat(edge, other))).isFalse();
                }
            }
        }

        @ParameterizedTest
        @MethodSource("all")
        void takeNoSwappedHalves(SignatureAlgorithm algorithm) {
            byte[] signature = sign(algorithm);
            int half = signature.length / 2;
            assertThat(verifies(
                            algorithm,
                            concat(Arrays.copyOfRange(signature, half, 2 * half), Arrays.copyOf(signature, half))))
                    .isFalse();
        }

        /** RFC 7515 asks for nothing else; a token's characters are therefore no identity of a token. */
        @ParameterizedTest
        @MethodSource("all")
        void takeTheHighTwinOfAValidSignature(SignatureAlgorithm algorithm) {
            byte[] signature = sign(algorithm);
            int half = signature.length / 2;
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, half, 2 * half));

            byte[] twin = concat(
                    Arrays.copyOf(signature, half), fixed(order(algorithm).subtract(s), half));
            assertThat(verifies(algorithm, twin)).isTrue();
        }

        @ParameterizedTest
        @MethodSource("all")
        void takeNoIntegerAboveTheOrderThatMeansTheSame(SignatureAlgorithm algorithm) {
            byte[] signature = sign(algorithm);
            int half = signature.length / 2;
            BigInteger r = new BigInteger(1, Arrays.copyOf(signature, half));
            byte[] s = Arrays.copyOfRange(signature, half, 2 * half);

            assertThat(verifies(algorithm, concat(r.add(order(algorithm)).toByteArray(), s)))
                    .isFalse();
            assertThat(verifies(algorithm, concat(fixed(r.add(order(algorithm)), half), s)))
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource({"ES256,SHA256withECDSA", "ES384,SHA384withECDSA", "ES512,SHA512withECDSA"})
        void takeNoDer(SignatureAlgorithm algorithm, String jcaName) throws Exception {
            Signature signer = Signature.getInstance(jcaName);
            signer.initSign(TestKeys.of(algorithm).getPrivate());
            signer.update(TEXT.getBytes(US_ASCII));
            assertThat(verifies(algorithm, signer.sign())).isFalse();
        }

        @Test
        void takeNoSignatureOfAnotherCurveOrHash() {
            PrivateKey p384 = P_384.getPrivate();
            assertThat(verifies(
                            SignatureAlgorithm.ES256,
                            P_256.getPublic(),
                            TestTokens.sign(SignatureAlgorithm.ES256, p384, TEXT)))
                    .isFalse();
            assertThat(verifies(
                            SignatureAlgorithm.ES256,
                            P_256.getPublic(),
                            TestTokens.sign(SignatureAlgorithm.ES384, P_256.getPrivate(), TEXT)))
                    .isFalse();
        }

        @Test
        void areBoundToTheirAlgorithm() {
            for (KeyPair pair : List.of(P_256, P_384, TestKeys.P_521)) {
                for (SignatureAlgorithm algorithm : all().toList()) {
                    TestTokens token = TestTokens.valid().algorithm(algorithm).signedWith(algorithm, pair.getPrivate());
                    assertThat(TestGate.of(pair.getPublic()).accepts(token.compact()))
                            .isEqualTo(pair == TestKeys.of(algorithm));
                }
            }
        }

        @Test
        void takeNoSignatureOfAnotherKey() {
            assertThat(verifies(SignatureAlgorithm.ES256, OTHER_P_256.getPublic(), sign(SignatureAlgorithm.ES256)))
                    .isFalse();
        }
    }

    @Nested
    class EdwardsCurves {

        /** RFC 8032 §5.1.7: S has to be below the order, or every signature has twins. */
        @Test
        void takeNoNumberAboveTheOrder() {
            BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
            byte[] signature = sign(SignatureAlgorithm.ED25519);
            byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
            byte[] twin = reversed(
                    Arrays.copyOf(reversed(new BigInteger(1, s).add(order).toByteArray()), 32));

            assertThat(verifies(SignatureAlgorithm.ED25519, concat(Arrays.copyOf(signature, 32), reversed(twin))))
                    .isFalse();
        }

        @Test
        void takeNoSignatureForTheOtherCurve() {
            assertThat(verifies(SignatureAlgorithm.EDDSA, TestKeys.ED448.getPublic(), sign(SignatureAlgorithm.ED25519)))
                    .isFalse();
            assertThat(verifies(SignatureAlgorithm.EDDSA, TestKeys.ED25519.getPublic(), sign(SignatureAlgorithm.ED448)))
                    .isFalse();
        }

        private byte[] reversed(byte[] bytes) {
            byte[] reversed = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                reversed[i] = bytes[bytes.length - 1 - i];
            }
            return reversed;
        }
    }

    @Test
    void aKeyOfAnotherTypeVerifiesNothing() {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            for (KeyPair pair : List.of(RSA, P_256, P_384, TestKeys.ED25519, TestKeys.ED448)) {
                if (!algorithm.fits(pair.getPublic())) {
                    assertThat(verifies(algorithm, pair.getPublic(), sign(algorithm)))
                            .isFalse();
                }
            }
        }
    }
}
