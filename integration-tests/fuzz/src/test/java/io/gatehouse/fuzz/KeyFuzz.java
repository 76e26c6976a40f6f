package io.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.keys.DecryptionKeys;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;

/** Any text for keys (JWK, JWK Set, PEM, base64 of these): sound keys, or the one exception for that. */
class KeyFuzz {

    @FuzzTest
    void anyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            KeyLookup lookup = VerificationKeys.parse(text, KeyPolicy.strict()).lookup(null);
            assertThat(((KeyLookup.Found) lookup).keys()).isNotEmpty().allSatisfy(KeyFuzz::assertSound);
        } catch (UnusableKeyException refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
        try {
            assertThat(DecryptionKeys.parse(text)).hasToString("DecryptionKeys[1]");
        } catch (UnusableKeyException refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    private static void assertSound(VerificationKey key) {
        assertThat(key.algorithms()).hasSize(1);
        SignatureAlgorithm algorithm = key.algorithms().iterator().next();
        assertThat(algorithm.fits(key.publicKey())).isTrue();
        if (key.publicKey() instanceof RSAPublicKey rsa) {
            assertThat(rsa.getModulus().bitLength()).isBetween(2048, 16_384);
            assertThat(rsa.getModulus().testBit(0)).isTrue();
            assertThat(rsa.getPublicExponent().testBit(0)).isTrue();
            assertThat(rsa.getPublicExponent().bitLength()).isBetween(2, 64);
        }
    }
}
