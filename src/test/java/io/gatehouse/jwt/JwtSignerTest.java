package io.gatehouse.jwt;

import static io.gatehouse.testing.TestJson.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.SigningKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwtSignerTest {

    private static final Map<String, Object> CLAIMS = Map.of("sub", "\u00fcser \"1\"", "exp", 1772366400L);

    private static String segment(String compact, int index) {
        return new String(Base64.getUrlDecoder().decode(compact.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void signsWhatOurVerifierTakes(SignatureAlgorithm algorithm) throws Exception {
        SigningKey key = new SigningKey("kid-1", TestKeys.of(algorithm).getPrivate(), algorithm);
        VerificationKeys keys = VerificationKeys.parse(
                TestKeys.jwks(TestKeys.jwk(
                        TestKeys.of(algorithm).getPublic(), "kid", "\"kid-1\"", "alg", quote(algorithm.headerName()))),
                KeyPolicy.strict());

        String compact = new JwtSigner(key).sign(CLAIMS);

        assertThat(new SignedJwtVerifier("jwt", keys, KeyPolicy.strict())
                        .verify(compact)
                        .orElseThrow()
                        .asMap())
                .isEqualTo(CLAIMS);
        assertThat(TestJson.parse(segment(compact, 0)))
                .isEqualTo(Map.of("alg", algorithm.headerName(), "typ", "JWT", "kid", "kid-1"));
    }

    @Test
    void namesNoKeyWhereItHasNoName() {
        SigningKey key = new SigningKey(null, TestKeys.RSA.getPrivate(), SignatureAlgorithm.RS256);

        assertThat(TestJson.parse(segment(new JwtSigner(key).sign(CLAIMS), 0))).doesNotContainKey("kid");
    }

    @Test
    void doesNotSignWithAnAlgorithmOfAnotherType() {
        SigningKey key = new SigningKey(null, TestKeys.RSA.getPrivate(), SignatureAlgorithm.ES256);

        assertThatIllegalStateException().isThrownBy(() -> new JwtSigner(key).sign(CLAIMS));
    }
}
