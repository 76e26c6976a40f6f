package io.gatehouse.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.json.JsonScan;
import io.gatehouse.testing.TestTokens;
import org.junit.jupiter.api.Test;

/** One that takes token after token, and what is left in it of the last. */
class CompactJwsTest {

    private final CompactJws jws = new CompactJws(new JsonScan());

    private void read(String token) {
        assertThat(jws.readHeader(token, null)).isNull();
        assertThat(jws.readBody()).isNull();
    }

    @Test
    void keepsNothingOfASignatureBetweenTwoTokens() {
        TestTokens token = TestTokens.valid();
        read(token.compact());
        byte[] buffer = jws.signature();
        assertThat(buffer).isEqualTo(token.signature());

        assertThat(jws.isWorthKeeping()).isTrue();

        assertThat(buffer).containsOnly(0);
        assertThat(jws.signature()).containsOnly(0);
    }

    @Test
    void knowsNeitherHeaderNorClaimsBetweenTwoTokens() {
        read(TestTokens.valid().compact());

        assertThat(jws.isWorthKeeping()).isTrue();

        assertThatIllegalStateException().isThrownBy(jws::header);
        assertThatIllegalStateException().isThrownBy(jws::claims);
        assertThat(jws.signingInputLength()).isNegative();
    }

    @Test
    void isNotKeptOnceATokenMadeItGrow() {
        read(TestTokens.valid().claim("x", "\"" + "x".repeat(20_000) + "\"").compact());
        assertThat(jws.isWorthKeeping()).isTrue();

        read(TestTokens.valid().claim("x", "\"" + "x".repeat(40_000) + "\"").compact());
        assertThat(jws.isWorthKeeping()).isFalse();
    }

    @Test
    void isNotKeptOnceTheTextThatIsSignedMadeItGrow() {
        read(TestTokens.valid().claim("x", "\"" + "x".repeat(26_000) + "\"").compact());
        assertThat(jws.signingInput()).hasSizeGreaterThan(32 * 1024);
        assertThat(jws.isWorthKeeping()).isFalse();
    }
}
