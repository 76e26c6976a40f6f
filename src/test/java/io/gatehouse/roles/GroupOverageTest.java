package io.gatehouse.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupOverageTest {

    private final MutableClock clock = new MutableClock();
    private final RoleMapper mapper = RoleMapper.of(new RoleSettings(List.of("roles", "groups"), Map.of()), clock);

    private static ValidatedToken token(String claim, String json) {
        Map<String, String> claims = TestTokens.validClaims();
        claims.remove("groups");
        claims.put(claim, json);
        return TestTokens.validated(claims);
    }

    private List<String> linesAbout(ValidatedToken token) {
        try (CapturedLog log = new CapturedLog(GroupOverage.class)) {
            assertThat(mapper.roles(token)).doesNotContain("src1");
            return log.messages(Level.WARNING);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_claim_names | {\"groups\":\"src1\"} | 1",
                "_claim_names | {\"roles\":\"src1\"} | 1",
                "hasgroups | true | 1",
                "_claim_names | {\"address\":\"src1\"} | 0",
                "_claim_names | \"groups\" | 0",
                "hasgroups | false | 0",
                "hasgroups | \"true\" | 0"
            })
    void isToldWhereRolesWereLeftOut(String claim, String json, int lines) {
        assertThat(linesAbout(token(claim, json))).hasSize(lines);
    }

    @Test
    void isToldOnceAMinute() {
        ValidatedToken token = token("hasgroups", "true");

        assertThat(linesAbout(token)).singleElement().asString().contains("GATE0604", "\"groups\"", "\"default\"");
        clock.advance(Duration.ofSeconds(59));
        assertThat(linesAbout(token)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(linesAbout(token)).hasSize(1);
    }
}
