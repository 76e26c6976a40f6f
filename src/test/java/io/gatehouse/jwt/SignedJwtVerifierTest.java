package io.gatehouse.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed answers that are no access tokens. */
class SignedJwtVerifierTest {

    private static final KeyLookup KEY = new KeyLookup.Found(
            List.of(new VerificationKey(null, TestKeys.RSA.getPublic(), Set.of(SignatureAlgorithm.RS256))));

    private int lookups;
    private final VerificationKeys keys = kid -> {
        lookups++;
        return KEY;
    };

    private boolean verifies(TestTokens token, SignatureAlgorithm... allowed) {
        KeyPolicy policy = new KeyPolicy(Set.of(allowed), KeyPolicy.STRONG_RSA_BITS);
        return new SignedJwtVerifier("answer+jwt", keys, policy)
                .verify(token.compact())
                .isPresent();
    }

    private static TestTokens answer() {
        return TestTokens.valid().header("typ", "\"answer+jwt\"");
    }

    @Test
    void takesWhatAKnownKeySigned() {
        assertThat(verifies(answer())).isTrue();
        assertThat(verifies(answer(), SignatureAlgorithm.RS256)).isTrue();
        assertThat(verifies(answer().signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate())))
                .isFalse();
    }

    @Test
    void looksForNoKeyWhereTheAlgorithmIsNotOnTheAllowList() {
        assertThat(verifies(answer(), SignatureAlgorithm.RS512)).isFalse();
        assertThat(lookups).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "answer+jwt,true",
        "ANSWER+JWT,true",
        "application/answer+jwt,true",
        "JWT,false",
        "at+jwt,false",
        "'',false",
        ",false"
    })
    void takesNoTokenOfAnotherType(String typ, boolean taken) {
        TestTokens token = typ == null ? answer().withoutHeader("typ") : answer().header("typ", TestJson.quote(typ));
        assertThat(verifies(token)).isEqualTo(taken);
        assertThat(lookups).isEqualTo(taken ? 1 : 0);
    }

    @Test
    void takesNothingWithAnUnknownAlgorithm() {
        assertThat(verifies(answer().header("alg", "\"none\""))).isFalse();
        assertThat(verifies(answer().header("alg", "\"HS256\""))).isFalse();
        assertThat(lookups).isZero();
    }
}
