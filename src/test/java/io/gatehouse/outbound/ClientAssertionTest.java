package io.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.SigningKey;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientAssertionTest {

    private static final String AUDIENCE = "https://issuer.example/realms/main";

    private final MutableClock clock = new MutableClock();

    private ClientAssertion assertion(SigningKey key) {
        return new ClientAssertion(key, "orders \u00fc", AUDIENCE, clock);
    }

    private ClientAssertion assertion() {
        return assertion(new SigningKey("k1", TestKeys.RSA.getPrivate(), SignatureAlgorithm.RS256));
    }

    private static Map<String, Object> part(String compact, int index) {
        return TestJson.parse(new String(Base64.getUrlDecoder().decode(compact.split("\\.")[index]), UTF_8));
    }

    /** With nothing of ours but the bytes. */
    private static boolean isSigned(String compact, String jca, PublicKey key) throws Exception {
        int lastDot = compact.lastIndexOf('.');
        Signature signature = Signature.getInstance(jca);
        signature.initVerify(key);
        signature.update(compact.substring(0, lastDot).getBytes(US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(compact.substring(lastDot + 1)));
    }

    @Test
    void saysWhatTheStandardAsks() {
        String compact = assertion().get();
        Map<String, Object> claims = part(compact, 1);

        assertThat(part(compact, 0)).isEqualTo(Map.of("alg", "RS256", "typ", "JWT", "kid", "k1"));
        assertThat(claims.keySet()).containsExactlyInAnyOrder("iss", "sub", "aud", "jti", "iat", "exp");
        assertThat(claims)
                .containsEntry("iss", "orders \u00fc")
                .containsEntry("sub", "orders \u00fc")
                .containsEntry("aud", AUDIENCE)
                .containsEntry("iat", TestTokens.NOW.getEpochSecond())
                .containsEntry("exp", TestTokens.NOW.getEpochSecond() + 60);
    }

    @Test
    void isSignedAsAnybodyCanCheck() throws Exception {
        assertThat(isSigned(assertion().get(), "SHA256withRSA", TestKeys.RSA.getPublic()))
                .isTrue();
        assertThat(isSigned(assertion().get(), "SHA256withRSA", TestKeys.OTHER_RSA.getPublic()))
                .isFalse();

        SigningKey ec = new SigningKey(null, TestKeys.P_256.getPrivate(), SignatureAlgorithm.ES256);
        assertThat(isSigned(assertion(ec).get(), "SHA256withECDSAinP1363Format", TestKeys.P_256.getPublic()))
                .isTrue();

        SigningKey ed = new SigningKey(null, TestKeys.ED25519.getPrivate(), SignatureAlgorithm.EDDSA);
        assertThat(isSigned(assertion(ed).get(), "Ed25519", TestKeys.ED25519.getPublic()))
                .isTrue();
    }

    @Test
    void isAnotherOneEachTime() {
        ClientAssertion assertion = assertion();
        Set<Object> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(part(assertion.get(), 1).get("jti"));
        }

        assertThat(ids).hasSize(100).doesNotContainNull();
    }

    @Test
    void isOfTheMomentItIsMade() {
        ClientAssertion assertion = assertion();
        clock.advance(Duration.ofMinutes(5));

        assertThat(part(assertion.get(), 1))
                .containsEntry("iat", TestTokens.NOW.getEpochSecond() + 300)
                .containsEntry("exp", TestTokens.NOW.getEpochSecond() + 360);
    }

    @Test
    void hidesTheKey() {
        assertThat(assertion()).hasToString("ClientAssertion[orders \u00fc]");
    }
}
