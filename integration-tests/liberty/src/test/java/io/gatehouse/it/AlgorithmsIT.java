package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One issuer with a key for each algorithm: the key decides, not the header. */
@ExtendWith(ArquillianExtension.class)
class AlgorithmsIT {

    private static final Map<String, TestKey> KEYS = Stream.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed448")
            .map(algorithm -> TestKey.generate("key-" + algorithm, algorithm))
            .collect(Collectors.toMap(TestKey::algorithm, Function.identity()));

    private static final TestIssuer ISSUER = TestIssuer.start(KEYS.values().toArray(TestKey[]::new));

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed448"
            })
    void acceptsTheAlgorithmOfTheKey(String algorithm) {
        String token = ISSUER.token().signedBy(KEYS.get(algorithm)).text();

        assertThat(Caller.bearing(token).get("/api/hello").body()).isEqualTo("Hello carol.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "PS256", "ES256", "EdDSA", "HS256", "none", "rs256", ""})
    void refusesAnotherAlgorithmForAKeyOfRs256(String algorithm) {
        TestToken token = ISSUER.token().signedBy(KEYS.get("RS256")).header("alg", algorithm);

        assertThat(Caller.bearing(token.text()).get("/api/hello").statusCode()).isEqualTo(401);
    }

    /** The classic confusion: the public key, which everybody has, taken for a shared secret. */
    @Test
    void refusesAnHmacUnderThePublicKey() {
        TestKey key = KEYS.get("RS256");
        TestToken token = ISSUER.token().signedBy(key).header("alg", "HS256");
        byte[] secret = key.pair().getPublic().getEncoded();

        assertThat(Caller.bearing(token.text("HmacSHA256", secret))
                        .get("/api/hello")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesATokenWithoutASignature() {
        TestToken token = ISSUER.token().header("alg", "none");

        assertThat(Caller.bearing(token.text(new byte[0])).get("/api/hello").statusCode())
                .isEqualTo(401);
    }
}
