package io.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.config.FuzzedGate;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Any header and any claims, genuinely signed, as an issuer with a fault would: a line of header and the claims behind
 * it. What is taken has to be right in the eyes of another JSON parser as well.
 */
class SignedTokenFuzz {

    private static final FuzzedGate GATE = Published.gate();

    @FuzzTest
    void anyHeaderAndClaims(byte[] lines) {
        int end = indexOf(lines, (byte) '\n');
        byte[] header = Arrays.copyOf(lines, end);
        byte[] claims = Arrays.copyOfRange(lines, Math.min(end + 1, lines.length), lines.length);

        TokenValidationResult result = GATE.validate(Published.signed(header, claims));

        assertThat(result).isNotInstanceOf(TokenValidationResult.Unavailable.class);
        if (result instanceof TokenValidationResult.Valid valid) {
            assertRight(SecondOpinion.of(header), SecondOpinion.of(claims), valid.token());
        }
    }

    private static void assertRight(JsonObject header, JsonObject claims, ValidatedToken token) {
        assertThat(header.getString("alg")).isIn("EdDSA", "Ed25519");
        assertThat(header.keySet()).doesNotContain("crit", "b64", "zip", "jwk", "jwks");
        assertThat(claims.getString("iss")).isEqualTo("joe");
        assertThat(claims.keySet()).doesNotContain("cnf");
        assertThat(date(claims, "exp")).isGreaterThan(BigDecimal.valueOf(Published.NOW.getEpochSecond()));
        if (claims.containsKey("nbf")) {
            assertThat(date(claims, "nbf")).isLessThanOrEqualTo(date(claims, "exp"));
        }
        JsonValue caller = claims.getOrDefault("sub", claims.get("iss"));
        assertThat(token.callerName())
                .isEqualTo(((JsonString) caller).getString())
                .isNotBlank();
        assertThat(token.claims().names()).isEqualTo(claims.keySet());
    }

    private static BigDecimal date(JsonObject claims, String name) {
        return ((JsonNumber) claims.get(name)).bigDecimalValue();
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return bytes.length;
    }
}
