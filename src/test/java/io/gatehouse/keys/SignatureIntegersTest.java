package io.gatehouse.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By ourselves, whatever the platform does: the newer ones would hide it if we did not. */
class SignatureIntegersTest {

    @ParameterizedTest
    @EnumSource(EllipticCurve.class)
    void areCheckedForTheirRangeBeforeThePlatformIsAsked(EllipticCurve curve) {
        BigInteger n = curve.parameters().getOrder();
        byte[] order = fixed(n, (n.bitLength() + 7) / 8);
        byte[] one = fixed(BigInteger.ONE, order.length);
        byte[] largest = fixed(n.subtract(BigInteger.ONE), order.length);

        assertThat(SignatureVerifier.hasSoundIntegers(concat(one, largest), order))
                .isTrue();
        assertThat(SignatureVerifier.hasSoundIntegers(concat(largest, one), order))
                .isTrue();
        for (BigInteger outside : List.of(BigInteger.ZERO, n, n.add(BigInteger.ONE))) {
            byte[] edge = fixed(outside, order.length);
            assertThat(SignatureVerifier.hasSoundIntegers(concat(one, edge), order))
                    .isFalse();
            assertThat(SignatureVerifier.hasSoundIntegers(concat(edge, one), order))
                    .isFalse();
        }
    }

    /** Verifies as the platform does, but takes integers that are out of range for whatever was signed. */
    public static final class Careless extends Provider {
        private static final long serialVersionUID = 1L;

        public Careless() {
            super("Careless", "1", "");
            put("Signature." + SignatureAlgorithm.ES256.jcaName(), TakesAnyIntegers.class.getName());
        }
    }

    public static final class TakesAnyIntegers extends PlatformSignature {

        public TakesAnyIntegers() throws GeneralSecurityException {}

        @Override
        protected boolean engineVerify(byte[] signature) {
            BigInteger n = EllipticCurve.P_256.parameters().getOrder();
            BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
            return isGenuine(signature) || r.mod(n).signum() == 0 || s.mod(n).signum() == 0;
        }
    }

    @Test
    void areNotLeftToAProviderThatDoesNotLookAtThem() throws GeneralSecurityException {
        SignatureProvider careless = SignatureProvider.of(new Careless());
        PublicKey publicKey = TestKeys.P_256.getPublic();
        VerificationKey key = new VerificationKey(null, publicKey, Set.of(SignatureAlgorithm.ES256), careless);
        byte[] text = "a text that nobody signed".getBytes(US_ASCII);
        byte[] n = fixed(EllipticCurve.P_256.parameters().getOrder(), 32);
        byte[] genuine =
                TestTokens.sign(SignatureAlgorithm.ES256, TestKeys.P_256.getPrivate(), "a text that nobody signed");

        assertThat(key.verifies(SignatureAlgorithm.ES256, text, text.length, genuine))
                .isTrue();
        for (byte[] forged : List.of(new byte[64], concat(n, n), concat(new byte[32], n))) {
            assertThat(asked(careless, publicKey, text, forged))
                    .as("what the provider says")
                    .isTrue();
            assertThat(key.verifies(SignatureAlgorithm.ES256, text, text.length, forged))
                    .isFalse();
        }
    }

    private static boolean asked(SignatureProvider provider, PublicKey key, byte[] text, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = provider.prepare(SignatureAlgorithm.ES256, key).newVerifier();
        verifier.update(text);
        return verifier.verify(signature);
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int kept = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - kept, fixed, length - kept, kept);
        return fixed;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
