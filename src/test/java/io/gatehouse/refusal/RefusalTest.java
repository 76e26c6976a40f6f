package io.gatehouse.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import io.gatehouse.token.InvalidTokenReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

    private static final BearerChallenge CHALLENGE = new BearerChallenge("orders");
    private static final String REALM = "Bearer realm=\"orders\"";

    private static List<Arguments> refusals() {
        return List.of(
                Arguments.of(Refusal.credentialsNeeded(CHALLENGE), 401, "Unauthorized", REALM),
                Arguments.of(
                        Refusal.credentialsNeeded(CHALLENGE, List.of("read", "write")),
                        401,
                        "Unauthorized",
                        REALM + ", scope=\"read write\""),
                Arguments.of(
                        Refusal.invalidToken(CHALLENGE, InvalidTokenReason.EXPIRED),
                        401,
                        "Unauthorized",
                        REALM + ", error=\"invalid_token\", error_description=\"the token has expired\""),
                Arguments.of(
                        Refusal.invalidRequest(CHALLENGE, "two tokens"),
                        400,
                        "Bad Request",
                        REALM + ", error=\"invalid_request\", error_description=\"two tokens\""),
                Arguments.of(
                        Refusal.roleMissing(CHALLENGE),
                        403,
                        "Forbidden",
                        REALM + ", error=\"insufficient_scope\","
                                + " error_description=\"the caller has none of the roles that are allowed here\""),
                Arguments.of(
                        Refusal.scopeMissing(CHALLENGE, List.of("write")),
                        403,
                        "Forbidden",
                        REALM + ", error=\"insufficient_scope\","
                                + " error_description=\"the token lacks a scope that is required here\","
                                + " scope=\"write\""),
                Arguments.of(
                        Refusal.authenticationTooWeak(CHALLENGE, List.of("gold", "mfa"), Duration.ofMinutes(5)),
                        401,
                        "Unauthorized",
                        REALM + ", error=\"insufficient_user_authentication\","
                                + " error_description=\"the user has to log in again, or in another way\","
                                + " acr_values=\"gold mfa\", max_age=\"300\""),
                Arguments.of(
                        Refusal.authenticationTooWeak(CHALLENGE, List.of("gold"), null),
                        401,
                        "Unauthorized",
                        REALM + ", error=\"insufficient_user_authentication\","
                                + " error_description=\"the user has to log in again, or in another way\","
                                + " acr_values=\"gold\""),
                Arguments.of(Refusal.forbidden("no"), 403, "Forbidden", ""),
                Arguments.of(Refusal.unavailable(Duration.ofSeconds(7)), 503, "Service Unavailable", ""),
                Arguments.of(Refusal.tooManyRequests(Duration.ofSeconds(7)), 429, "Too Many Requests", ""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysTheSameInStatusHeadersAndBody(Refusal refusal, int status, String title, String challenge) {
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.headers())
                .containsEntry("Cache-Control", List.of("no-store"))
                .isEqualTo(headers(refusal, challenge));
        assertThat(TestJson.parse(refusal.body(null).orElseThrow()))
                .isEqualTo(Map.of(
                        "type", "about:blank", "title", title, "status", (long) status, "detail", refusal.detail()));
    }

    @Test
    void tellsTheClientItsIdAndNotWhatItIsCalledInTheLog() {
        Refusal refusal = Refusal.roleMissing(CHALLENGE, List.of("admin"));
        Refusal identified = refusal.identifiedBy("k7m2x9qap4");

        assertThat(TestJson.parse(identified.body(null).orElseThrow()))
                .hasSize(5)
                .containsEntry("correlation_id", "k7m2x9qap4")
                .doesNotContainValue("GATE-ROLE");
        assertThat(identified.body(null).orElseThrow()).doesNotContain("admin");
        assertThat(identified.headers()).isEqualTo(refusal.headers());
        assertThat(identified.offering("Basic").correlationId()).isEqualTo("k7m2x9qap4");
    }

    private static Map<String, List<String>> headers(Refusal refusal, String challenge) {
        List<String> noStore = List.of("no-store");
        if (refusal.retryAfter() != null) {
            return Map.of("Retry-After", List.of("7"), "Cache-Control", noStore);
        }
        return challenge.isEmpty()
                ? Map.of("Cache-Control", noStore)
                : Map.of("WWW-Authenticate", List.of(challenge), "Cache-Control", noStore);
    }

    @ParameterizedTest
    @CsvSource({"PT10S,10", "PT1M,60", "PT0S,1", "PT0.5S,1", "PT1.9S,1", "PT-5S,1"})
    void saysWhenToComeBackAndChallengesNobodyInAnOutage(Duration retryAfter, String seconds) {
        assertThat(Refusal.unavailable(retryAfter).headers())
                .isEqualTo(Map.of("Retry-After", List.of(seconds), "Cache-Control", List.of("no-store")));
    }

    @Test
    void offersAnotherSchemeOnlyWhereItChallenges() {
        assertThat(Refusal.credentialsNeeded(CHALLENGE).offering("Basic").challenges())
                .containsExactly(REALM, "Basic");
        assertThat(Refusal.forbidden("no").offering("Basic").challenges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "*/* | true",
                "application/problem+json | true",
                "application/* | true",
                "APPLICATION/Problem+JSON | true",
                "text/html, */*;q=0.1 | true",
                "application/problem+json;q=0.5 | true",
                "application/problem+json; charset=utf-8 | true",
                "text/html | false",
                "application/json | false",
                "application/problem+xml | false",
                "application/problem+json;q=0 | false",
                "application/problem+json; q=0.000 | false",
                "*/*, application/problem+json;q=0 | false",
                "*/*;q=0 | false",
                "*/*;q=0, application/* | true",
                "application/*;q=0, */* | false",
                "nonsense | false",
                ",,; | false"
            })
    void hasABodyWhereTheClientAcceptsIt(String accept, boolean body) {
        assertThat(Refusal.credentialsNeeded(CHALLENGE).body(accept).isPresent())
                .isEqualTo(body);
    }
}
