package io.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.config.FuzzedGate;
import io.gatehouse.config.GatehouseConfigException;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.TokenValidationResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Any path to roles (the first line), any prefix to take away (the second) and any claims behind them: every role is a word
 * of the token, and none means "anybody".
 */
class RolesFuzz {

    private static final byte[] HEADER = "{\"alg\":\"EdDSA\"}".getBytes(StandardCharsets.US_ASCII);

    private static final FuzzedGate GATE = Published.gate();

    @FuzzTest
    void anyPathAndClaims(byte[] lines) {
        String[] line = new String(lines, StandardCharsets.UTF_8).split("\n", 3);
        if (line.length < 3) {
            return;
        }
        RoleMapper mapper;
        try {
            mapper = FuzzedGate.roles(properties(line[0], line[1]), Published.NOW);
        } catch (GatehouseConfigException notAPath) {
            return;
        }
        String token = Published.signed(HEADER, line[2].getBytes(StandardCharsets.UTF_8));
        if (GATE.validate(token) instanceof TokenValidationResult.Valid valid) {
            Set<String> words = new HashSet<>();
            collect(valid.token().claims().asMap(), words);
            assertThat(mapper.roles(valid.token())).allSatisfy(role -> {
                assertThat(role).isNotBlank().isNotIn("*", "**").doesNotContain("\n", "\r", "\0");
                assertThat(words).anyMatch(word -> word.contains(role));
            });
        }
    }

    private static Map<String, String> properties(String path, String stripped) {
        Map<String, String> properties = new HashMap<>();
        properties.put("mp.jwt.verify.issuer", "joe");
        properties.put("mp.jwt.verify.publickey.location", "https://joe.example/keys"); // which nobody fetches
        properties.put("gatehouse.roles.claims", path);
        properties.put("gatehouse.roles.strip-prefix." + path, stripped);
        return properties;
    }

    private static void collect(Object value, Set<String> words) {
        if (value instanceof Map<?, ?> members) {
            members.values().forEach(member -> collect(member, words));
        } else if (value instanceof List<?> elements) {
            elements.forEach(element -> collect(element, words));
        } else if (value instanceof String text) {
            words.add(text);
        }
    }
}
