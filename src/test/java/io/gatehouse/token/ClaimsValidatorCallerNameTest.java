package io.gatehouse.token;

import static io.gatehouse.token.InvalidTokenReason.CALLER_NOT_NAMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller is called. */
class ClaimsValidatorCallerNameTest extends ClaimsValidatorFixture {

    private String callerName() {
        return validate().match(valid -> valid.token().callerName(), Object::toString, Object::toString);
    }

    @Test
    void isThatOfTheFirstClaimPresent() {
        claim("preferred_username", "\"al\"");
        assertThat(callerName()).isEqualTo("alice@example.com");

        claim("upn", "absent");
        assertThat(callerName()).isEqualTo("al");

        claim("preferred_username", "absent");
        assertThat(callerName()).isEqualTo("24400320");

        claim("sub", "absent");
        assertRefused(CALLER_NOT_NAMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "true",
                "[]",
                "[\"alice\"]",
                "{}",
                "\"\"",
                "\" \"",
                "\"\\t\"",
                "\"\\u2003\"",
                "\"a\\u0000\"",
                "\"a\\r\\nb\"",
                "\"a\\u001b[2J\"",
                "\"a\\u007f\"",
                "\"a\\u0085\""
            })
    void thatIsOfNoUseIsRefusedWithoutFallingBack(String upn) {
        claim("upn", upn);
        assertRefused(CALLER_NOT_NAMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "UNAUTHENTICATED", "user:realm/alice", "<b>", "a b", "\u00e9\u4e2d", "' or 1=1"})
    void isTakenAsItIs(String name) {
        claim("upn", TestJson.quote(name));
        assertThat(callerName()).isEqualTo(name);
    }

    @Test
    void comesFromTheConfiguredClaims() {
        settings.callerNames = List.of("email");
        assertRefused(CALLER_NOT_NAMED);

        claim("email", "\"alice@mail.example\"");
        assertThat(callerName()).isEqualTo("alice@mail.example");
    }

    @ParameterizedTest
    @CsvSource({"client_id,client:alice", "azp,client:alice", "upn,alice", "sub,alice"})
    void ofAClientIsMarkedByThePrefix(String claim, String expected) {
        settings.callerNames = List.of(claim);
        settings.clientPrefix = "client:";
        claim(claim, "\"alice\"");
        assertThat(callerName()).isEqualTo(expected);
    }

    /** Servers that have no subject but the client name the client there, too (RFC 9068 §2.2). */
    @ParameterizedTest
    @CsvSource({
        "client_id, service, client:service",
        "azp, service, client:service",
        "client_id, Service, service",
        "client_id, '', service",
        "appid, service, service"
    })
    void ofASubjectThatIsTheClientIsMarkedByThePrefix(String claim, String client, String expected) {
        settings.callerNames = List.of("sub");
        settings.clientPrefix = "client:";
        claim("sub", "\"service\"");
        claim(claim, TestJson.quote(client));

        assertThat(callerName()).isEqualTo(expected);
    }

    @Test
    void ofAClientIsAsRefusableAsThatOfAUser() {
        settings.callerNames = List.of("client_id");
        settings.clientPrefix = "client:";
        claim("client_id", "\" \"");
        assertRefused(CALLER_NOT_NAMED);
    }
}
