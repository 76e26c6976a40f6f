package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.testing.TestKeys;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureAlgorithmTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByExactlyItsName(SignatureAlgorithm algorithm) {
        String name = algorithm.headerName();

        assertThat(SignatureAlgorithm.named(name)).contains(algorithm);
        assertThat(SignatureAlgorithm.named(name.toLowerCase(java.util.Locale.ROOT)))
                .isEmpty();
        assertThat(SignatureAlgorithm.named(name + " ")).isEmpty();
        assertThat(SignatureAlgorithm.headerNames()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "None",
                "NONE",
                "nOnE",
                "",
                " ",
                "HS256",
                "HS384",
                "HS512",
                "RS1",
                "RSA",
                "SHA256withRSA",
                "ES256K",
                "ES521",
                "EDDSA",
                "Ed25519ph",
                "dir",
                "A128KW",
                "RSA-OAEP",
                "\u0420S256",
                "RS256\u0000"
            })
    void cannotBeAnythingElse(String name) {
        assertThat(SignatureAlgorithm.named(name)).isEmpty();
    }

    @Test
    void fitsTheTypeAndTheCurveOfItsKeyOnly() {
        List<KeyPair> keys = List.of(
                TestKeys.RSA,
                TestKeys.P_256,
                TestKeys.P_384,
                TestKeys.P_521,
                TestKeys.ED25519,
                TestKeys.ED448,
                TestKeys.X25519);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            Set<KeyPair> fitting = algorithm == SignatureAlgorithm.EDDSA
                    ? Set.of(TestKeys.ED25519, TestKeys.ED448)
                    : Set.of(TestKeys.of(algorithm));

            assertThat(keys.stream().filter(key -> algorithm.fits(key.getPublic())))
                    .as(algorithm.name())
                    .containsExactlyInAnyOrderElementsOf(fitting);
        }
    }

    @Test
    void hasOneNamePerKeyButOnEdwardsCurves() {
        VerificationKey key = new VerificationKey(null, TestKeys.ED25519.getPublic(), Set.of(SignatureAlgorithm.EDDSA));

        assertThat(Arrays.stream(SignatureAlgorithm.values()).filter(key::permits))
                .containsExactlyInAnyOrder(SignatureAlgorithm.EDDSA, SignatureAlgorithm.ED25519);
    }

    @Test
    void isDecidedByTheKeyEvenWhereTheKeyIsDescribedWrongly() {
        VerificationKey key =
                new VerificationKey(null, TestKeys.P_256.getPublic(), Set.of(SignatureAlgorithm.values()));

        assertThat(Arrays.stream(SignatureAlgorithm.values()).filter(key::permits))
                .containsExactly(SignatureAlgorithm.ES256);
    }

    @Test
    void isNeededByEveryKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(null, TestKeys.RSA.getPublic(), Set.of()));
    }

    @Test
    void isAdmittedByThePolicyThatNamesItOrNone() {
        KeyPolicy one = new KeyPolicy(Set.of(SignatureAlgorithm.PS256), KeyPolicy.STRONG_RSA_BITS);

        assertThat(Arrays.stream(SignatureAlgorithm.values()).filter(one::admits))
                .containsExactly(SignatureAlgorithm.PS256);
        assertThat(Arrays.stream(SignatureAlgorithm.values())).allMatch(KeyPolicy.strict()::admits);
    }
}
