package io.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.config.FuzzedGate;
import io.gatehouse.token.TokenValidationResult;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any text for a token: valid is what the holders of the keys have signed, character by character, and nothing else. */
class TokenFuzz {

    private static final FuzzedGate GATE = Published.gate();
    private static final Set<String> GENUINE = Published.genuine();

    @FuzzTest
    void anyText(byte[] text) {
        String token = new String(text, StandardCharsets.ISO_8859_1);

        TokenValidationResult result = GATE.validate(token);

        assertThat(result instanceof TokenValidationResult.Valid).isEqualTo(GENUINE.contains(token));
        // The keys are at hand: nothing that a caller writes makes them unavailable.
        assertThat(result).isNotInstanceOf(TokenValidationResult.Unavailable.class);
    }
}
