package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.json.Base64Url;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key of small order verifies the signature that anybody can make up: R = the neutral element, S = 0. */
class EdwardsPointTest {

    private static final String ZEROS = "00".repeat(56);
    private static final String ONES = "ff".repeat(27);

    private static VerificationKey parse(String curve, byte[] x) throws UnusableKeyException {
        String json = TestJson.object(
                Map.of("kty", "\"OKP\"", "crv", TestJson.quote(curve), "x", TestJson.quote(Base64Url.encode(x))));
        return new JwkParser(KeyPolicy.strict()).parse(TestJson.parse(json));
    }

    private static void assertRefused(String curve, String x) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> parse(curve, HexFormat.of().parseHex(x)))
                .satisfies(unusable -> assertThat(unusable.reason()).contains("anybody can sign"));
    }

    /** The eight points and the ways that are not canonical to write some of them, with either sign. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void refusesEd25519KeysThatAnybodyCanSignFor(String x) {
        assertRefused("Ed25519", x);
    }

    @Test
    void refusesEd448KeysThatAnybodyCanSignFor() {
        assertRefused("Ed448", "00" + ZEROS);
        assertRefused("Ed448", "01" + ZEROS);
        assertRefused("Ed448", "01" + "00".repeat(55) + "80");
        assertRefused("Ed448", "fe" + ONES + "fe" + ONES + "00"); // p - 1
        assertRefused("Ed448", "ff" + ONES + "fe" + ONES + "00"); // p, which is another 0
    }

    @RepeatedTest(20)
    void takesTheKeysThatGeneratorsMake() throws NoSuchAlgorithmException, UnusableKeyException {
        for (String curve : new String[] {"Ed25519", "Ed448"}) {
            KeyPair pair = KeyPairGenerator.getInstance(curve).generateKeyPair();
            Map<String, String> jwk = TestKeys.jwk(pair.getPublic());

            PublicKey read = new JwkParser(KeyPolicy.strict())
                    .parse(TestJson.parse(TestJson.object(jwk)))
                    .publicKey();

            assertThat(read).isEqualTo(pair.getPublic());
        }
    }
}
