package io.gatehouse.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationKeyTest {

    private static final String TEXT = "a text that is signed";
    private static final byte[] BYTES = TEXT.getBytes(US_ASCII);

    private static VerificationKey key(SignatureAlgorithm algorithm) {
        return new VerificationKey(null, TestKeys.of(algorithm).getPublic(), Set.of(algorithm));
    }

    private static byte[] genuine(SignatureAlgorithm algorithm, KeyPair pair) {
        return TestTokens.sign(algorithm, pair.getPrivate(), TEXT);
    }

    /** Whoever asks need not have asked what the key permits. */
    @ParameterizedTest
    @EnumSource
    void verifiesNoGenuineSignatureOfAnAlgorithmThatItDoesNotPermit(SignatureAlgorithm permitted) {
        VerificationKey key = key(permitted);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (algorithm.fits(key.publicKey())) {
                assertThat(key.verifies(algorithm, BYTES, BYTES.length, genuine(algorithm, TestKeys.of(permitted))))
                        .as("%s", algorithm)
                        .isEqualTo(algorithm.sameAs(permitted))
                        .isEqualTo(key.permits(algorithm));
            }
        }
    }

    @Test
    void permitsNothingThatItsTypeCannotDo() {
        VerificationKey key = new VerificationKey(
                null, TestKeys.P_256.getPublic(), Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256));

        assertThat(key.permits(SignatureAlgorithm.ES256)).isTrue();
        assertThat(key.permits(SignatureAlgorithm.RS256)).isFalse();
        assertThat(key.verifies(
                        SignatureAlgorithm.RS256, BYTES, BYTES.length, genuine(SignatureAlgorithm.RS256, TestKeys.RSA)))
                .isFalse();
    }

    @Test
    void verifiesTheFirstBytesOfATextOnly() {
        byte[] longer = (TEXT + " and what was there before").getBytes(US_ASCII);
        byte[] signature = genuine(SignatureAlgorithm.ES256, TestKeys.P_256);

        assertThat(key(SignatureAlgorithm.ES256).verifies(SignatureAlgorithm.ES256, longer, BYTES.length, signature))
                .isTrue();
        assertThat(key(SignatureAlgorithm.ES256).verifies(SignatureAlgorithm.ES256, longer, longer.length, signature))
                .isFalse();
    }

    /** Verifies as the platform does, but breaks at a signature of nothing but ones. */
    public static final class Choking extends Provider {
        private static final long serialVersionUID = 1L;

        public Choking() {
            super("Choking", "1", "");
            put("Signature." + SignatureAlgorithm.ES256.jcaName(), BreaksAtOnes.class.getName());
        }
    }

    public static final class BreaksAtOnes extends PlatformSignature {

        public BreaksAtOnes() throws GeneralSecurityException {}

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            if (Arrays.equals(signature, ones())) {
                throw new SignatureException("broken");
            }
            return isGenuine(signature);
        }
    }

    private static byte[] ones() {
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    @Test
    void verifiesNoSignatureThatItsProviderBreaksAt() {
        SignatureAlgorithm algorithm = SignatureAlgorithm.ES256;
        SignatureProvider choking = SignatureProvider.of(new Choking());
        PublicKey publicKey = TestKeys.P_256.getPublic();
        VerificationKey key = new VerificationKey(null, publicKey, Set.of(algorithm), choking);

        assertThat(choking.prepare(algorithm, publicKey).provider()).isInstanceOf(Choking.class);
        for (int i = 0; i < 3; i++) {
            assertThat(key.verifies(algorithm, BYTES, BYTES.length, ones())).isFalse();
            assertThat(key.verifies(algorithm, BYTES, BYTES.length, genuine(algorithm, TestKeys.P_256)))
                    .as("the next one")
                    .isTrue();
        }
    }

    @Test
    void isForAtLeastOneAlgorithm() {
        PublicKey any = TestKeys.RSA.getPublic();
        assertThatIllegalArgumentException().isThrownBy(() -> new VerificationKey(null, any, Set.of()));
    }
}
