package io.gatehouse.introspection;

import static io.gatehouse.introspection.ScriptedEndpoint.outage;
import static io.gatehouse.introspection.ScriptedEndpoint.status;
import static io.gatehouse.testing.TestTokens.AUDIENCE;
import static io.gatehouse.testing.TestTokens.ISSUER;
import static io.gatehouse.testing.TestTokens.NOW;
import static io.gatehouse.token.InvalidTokenReason.AUDIENCE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.CALLER_NOT_NAMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.NOT_ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidationResult.Invalid;
import io.gatehouse.token.TokenValidationResult.Unavailable;
import io.gatehouse.token.TokenValidationResult.Valid;
import io.gatehouse.token.TrustedIssuer;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionTokenValidatorTest {

    private static final AccessToken TOKEN = AccessToken.of("opaque");
    private static final long SECOND = NOW.getEpochSecond();
    private static final Duration PAUSE = Duration.ofSeconds(7);

    private final MutableClock clock = new MutableClock();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final Map<String, String> answer = validAnswer();
    private Set<String> required = Set.of();
    private String clientPrefix = "";
    private CacheSettings cache = CacheSettings.defaults();
    private String issuer = ISSUER;

    /** A good answer, to change one thing of. */
    private static Map<String, String> validAnswer() {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("active", "true");
        answer.put("iss", TestJson.quote(ISSUER));
        answer.put("aud", TestJson.quote(AUDIENCE));
        answer.put("username", "\"alice\"");
        answer.put("sub", "\"24400320\"");
        answer.put("client_id", "\"shop\"");
        answer.put("scope", "\"read write\"");
        answer.put("token_type", "\"Bearer\"");
        answer.put("iat", Long.toString(SECOND - 10));
        answer.put("exp", Long.toString(SECOND + 300));
        return answer;
    }

    private IntrospectionTokenValidator validator() {
        ClaimsPolicy policy = new ClaimsPolicy(
                new TrustedIssuer("introspection", issuer),
                new AudienceRule.OneOf(Set.of(AUDIENCE)),
                Duration.ZERO,
                Duration.ZERO,
                null,
                required,
                List.of("username", "sub", "client_id"),
                clientPrefix,
                false);
        return new IntrospectionTokenValidator(
                "introspection",
                ScriptedEndpoint.settings(cache, new Limits(10, Duration.ofSeconds(2), 1_000_000, PAUSE)),
                new ClaimsValidator(policy, clock),
                endpoint,
                clock);
    }

    private TokenValidationResult validate() {
        endpoint.answers(TestJson.object(answer));
        return validator().validate(TOKEN);
    }

    private ValidatedToken accepted() {
        TokenValidationResult result = validate();
        assertThat(result).isInstanceOf(Valid.class);
        return ((Valid) result).token();
    }

    private void assertRefused(InvalidTokenReason reason) {
        assertThat(validate()).isEqualTo(new Invalid(reason));
    }

    private TokenValidationResult with(String claim, String json) {
        if (json.equals("absent")) {
            answer.remove(claim);
        } else {
            answer.put(claim, json);
        }
        return validate();
    }

    private static String kind(TokenValidationResult result) {
        return result.match(valid -> "valid", invalid -> invalid.reason().name(), unavailable -> "unavailable");
    }

    @Nested
    class AnAnswer {

        @Test
        void thatIsGoodMakesTheToken() {
            ValidatedToken token = accepted();

            assertThat(token.accessToken()).isEqualTo(TOKEN);
            assertThat(token.issuer()).isEqualTo(new TrustedIssuer("introspection", ISSUER));
            assertThat(token.callerName()).isEqualTo("alice");
            assertThat(token.introspected()).isTrue();
            assertThat(token.expiresAt()).hasValue(Instant.ofEpochSecond(SECOND + 300));
        }

        @Test
        void isThereForTheApplicationAsAWhole() {
            answer.put("x", "{\"y\":[1,{\"z\":null}]}");

            assertThat(accepted().claims().names()).containsExactlyInAnyOrderElementsOf(answer.keySet());
            assertThat(accepted().claims().value("x").orElseThrow()).asString().contains("y");
        }

        @Test
        void mayBeNoMoreThanActiveAndAName() {
            answer.keySet().retainAll(Set.of("active", "username"));

            assertThat(accepted().expiresAt()).isEmpty();
        }

        @Test
        void saysThatTheTokenIsDead() {
            answer.clear();
            answer.put("active", "false");

            assertRefused(NOT_ACTIVE);
        }

        @ParameterizedTest(name = "{0} {1}: {2}")
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        iss        | absent                                 | valid
                        iss        | "https://issuer.example/realms/main"   | valid
                        iss        | "https://issuer.example/realms/main/"  | ISSUER_NOT_TRUSTED
                        iss        | "https://evil.example"                 | ISSUER_NOT_TRUSTED
                        iss        | ["https://issuer.example/realms/main"] | ISSUER_NOT_TRUSTED
                        iss        | null                                   | ISSUER_NOT_TRUSTED
                        iss        | 1                                      | ISSUER_NOT_TRUSTED
                        aud        | absent                                 | valid
                        aud        | ["other","orders-api"]                 | valid
                        aud        | "other"                                | AUDIENCE_NOT_ACCEPTED
                        aud        | ["other"]                              | AUDIENCE_NOT_ACCEPTED
                        aud        | []                                     | AUDIENCE_NOT_ACCEPTED
                        aud        | ["orders-api",1]                       | AUDIENCE_NOT_ACCEPTED
                        aud        | {"orders-api":1}                       | AUDIENCE_NOT_ACCEPTED
                        aud        | null                                   | AUDIENCE_NOT_ACCEPTED
                        aud        | 1                                      | AUDIENCE_NOT_ACCEPTED
                        exp        | absent                                 | valid
                        exp        | 1772366400                             | EXPIRED
                        exp        | 1772366401                             | valid
                        exp        | "1772366400"                           | EXPIRED
                        exp        | "1772366401"                           | valid
                        exp        | 1772366400.5                           | valid
                        exp        | 0                                      | EXPIRED
                        exp        | -1                                     | EXPIRED
                        exp        | "soon"                                 | EXPIRATION_MISSING
                        exp        | "2099-01-01T00:00:00Z"                 | EXPIRATION_MISSING
                        exp        | ""                                     | EXPIRATION_MISSING
                        exp        | null                                   | EXPIRATION_MISSING
                        exp        | true                                   | EXPIRATION_MISSING
                        exp        | [1772366700]                           | EXPIRATION_MISSING
                        exp        | {}                                     | EXPIRATION_MISSING
                        nbf        | 1772366400                             | valid
                        nbf        | 1772366401                             | NOT_YET_VALID
                        nbf        | "1772366400"                           | valid
                        nbf        | "1772366401"                           | NOT_YET_VALID
                        nbf        | "x"                                    | CLAIM_MALFORMED
                        nbf        | null                                   | CLAIM_MALFORMED
                        nbf        | []                                     | CLAIM_MALFORMED
                        iat        | absent                                 | valid
                        iat        | 1772366400                             | valid
                        iat        | 1772366401                             | ISSUED_AT_NOT_ACCEPTED
                        iat        | "1772366400"                           | valid
                        iat        | "x"                                    | ISSUED_AT_NOT_ACCEPTED
                        iat        | null                                   | ISSUED_AT_NOT_ACCEPTED
                        token_type | absent                                 | valid
                        token_type | "Bearer"                               | valid
                        token_type | "bearer"                               | valid
                        token_type | "BEARER"                               | valid
                        token_type | "DPoP"                                 | TYPE_NOT_ACCEPTED
                        token_type | "PoP"                                  | TYPE_NOT_ACCEPTED
                        token_type | "N_A"                                  | TYPE_NOT_ACCEPTED
                        token_type | "refresh_token"                        | TYPE_NOT_ACCEPTED
                        token_type | "mac"                                  | TYPE_NOT_ACCEPTED
                        token_type | "Bearer "                              | TYPE_NOT_ACCEPTED
                        token_type | ""                                     | TYPE_NOT_ACCEPTED
                        token_type | null                                   | TYPE_NOT_ACCEPTED
                        token_type | ["Bearer"]                             | TYPE_NOT_ACCEPTED
                        token_type | 1                                      | TYPE_NOT_ACCEPTED
                        typ        | "Bearer"                               | valid
                        typ        | "Refresh"                              | TYPE_NOT_ACCEPTED
                        typ        | "ID"                                   | TYPE_NOT_ACCEPTED
                        cnf        | {"x5t#S256":"abc"}                     | SENDER_CONSTRAINED
                        cnf        | {"jkt":"abc"}                          | SENDER_CONSTRAINED
                        cnf        | {}                                     | SENDER_CONSTRAINED
                        cnf        | null                                   | SENDER_CONSTRAINED
                        cnf        | "abc"                                  | SENDER_CONSTRAINED
                        scope      | absent                                 | valid
                        scope      | ""                                     | valid
                        scope      | []                                     | valid
                        scope      | null                                   | valid
                        scope      | ["read"]                               | valid
                        scope      | 1                                      | CLAIM_MALFORMED
                        scope      | true                                   | CLAIM_MALFORMED
                        scope      | {"read":true}                          | CLAIM_MALFORMED
                        scope      | ["read",1]                             | CLAIM_MALFORMED
                        scope      | [["read"]]                             | CLAIM_MALFORMED
                        """)
        void passesTheGateOrDoesNot(String claim, String json, String expected) {
            assertThat(kind(with(claim, json))).isEqualTo(expected);
        }

        @Test
        void mayNameAnyIssuerWhereNoneIsConfigured() {
            issuer = null;

            assertThat(kind(with("iss", "\"https://whoever.example\""))).isEqualTo("valid");
            assertThat(kind(with("iss", "1"))).isEqualTo("ISSUER_NOT_TRUSTED");
        }

        @ParameterizedTest
        @ValueSource(strings = {"scope", "token_type", "jti"})
        void thatLacksWhatIsRequiredIsRefused(String claim) {
            required = Set.of(claim);
            answer.put("jti", "\"1\"");
            assertThat(kind(validate())).isEqualTo("valid");

            answer.remove(claim);
            assertRefused(CLAIM_MISSING);
        }

        /** A refresh token is active as well, and some servers say so to anybody who asks. */
        @Test
        void thatIsThatOfARefreshTokenIsRefusedWhereTheTypeIsRequired() {
            required = Set.of("token_type");
            answer.keySet().retainAll(Set.of("active", "sub", "client_id", "scope"));

            assertRefused(CLAIM_MISSING);
        }

        @Test
        void withoutTheRequiredAudienceIsRefused() {
            required = Set.of("aud");
            answer.remove("aud");

            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }
    }

    @Nested
    class TheCaller {

        @Test
        void isTheUserTheSubjectOrTheClient() {
            assertThat(accepted().callerName()).isEqualTo("alice");
            answer.remove("username");
            assertThat(accepted().callerName()).isEqualTo("24400320");
            answer.put("sub", "null");
            assertThat(accepted().callerName()).isEqualTo("shop");
            answer.remove("client_id");
            assertRefused(CALLER_NOT_NAMED);
        }

        @Test
        void thatIsAClientCanBeToldFromAUserOfTheSameName() {
            clientPrefix = "client:";
            answer.put("client_id", "\"alice\"");
            assertThat(accepted().callerName()).isEqualTo("alice");

            answer.remove("username");
            answer.remove("sub");
            assertThat(accepted().callerName()).isEqualTo("client:alice");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\"", "\" \"", "1", "[\"alice\"]", "{}", "true", "\"al\\nice\""})
        void isNotLookedForElsewhereWhenTheNameIsOfNoUse(String name) {
            answer.put("username", name);

            assertRefused(CALLER_NOT_NAMED);
        }
    }

    @Nested
    class TheRoles {

        private final RoleMapper mapper =
                RoleMapper.of(new RoleSettings(List.of("groups", "scope"), Map.of()), Clock.systemUTC());

        @ParameterizedTest
        @CsvSource(
                value = {
                    "\"read write\";read,write",
                    "[\"read\",\"write\"];read,write",
                    "\"read  read\";read",
                    "\"urn:a:b https://c/d\";urn:a:b,https://c/d"
                },
                delimiter = ';',
                quoteCharacter = '`')
        void areTheWordsOfTheScope(String scope, String expected) {
            answer.put("scope", scope);

            assertThat(mapper.roles(accepted())).containsExactlyInAnyOrder(expected.split(","));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\"", "[]", "null", "\"  \"", "\"* **\""})
        void areNoneWhereTheScopeHoldsNone(String scope) {
            answer.put("scope", scope);

            assertThat(mapper.roles(accepted())).isEmpty();
        }

        /** Whoever can choose his name at the server could otherwise choose to be an administrator here. */
        @ParameterizedTest
        @ValueSource(strings = {"username", "sub", "client_id", "preferred_username", "name"})
        void areNotWonByAName(String member) {
            answer.put(member, "\"admin\"");

            assertThat(mapper.roles(accepted())).containsExactlyInAnyOrder("read", "write");
        }

        @Test
        void areThoseOfTheGroupsAsWell() {
            answer.put("groups", "[\"admin\"]");

            assertThat(mapper.roles(accepted())).containsExactlyInAnyOrder("admin", "read", "write");
        }
    }

    @Nested
    class WhatIsRemembered {

        @Test
        void isTheAnswerAndNeverTheDecision() {
            answer.put("exp", Long.toString(SECOND + 5));
            endpoint.answers(TestJson.object(answer));
            IntrospectionTokenValidator validator = validator();

            assertThat(validator.validate(TOKEN)).isInstanceOf(Valid.class);
            clock.advance(Duration.ofSeconds(5).minusNanos(1));
            assertThat(validator.validate(TOKEN)).isInstanceOf(Valid.class);
            clock.advance(Duration.ofNanos(1));
            assertThat(validator.validate(TOKEN)).isEqualTo(new Invalid(EXPIRED));
            assertThat(endpoint.calls()).isEqualTo(1);
        }

        @Test
        void endsARevokedTokenWithItsLifetime() {
            endpoint.answers(TestJson.object(answer));
            IntrospectionTokenValidator validator = validator();
            validator.validate(TOKEN);
            endpoint.answers("{\"active\":false}");
            clock.advance(cache.lifetime().minusNanos(1));
            assertThat(validator.validate(TOKEN)).isInstanceOf(Valid.class);

            clock.advance(Duration.ofNanos(1));
            assertThat(validator.validate(TOKEN)).isEqualTo(new Invalid(NOT_ACTIVE));
        }

        @Test
        void isPassedOverByThoseWhoAskForFreshness() {
            endpoint.answers(TestJson.object(answer));
            IntrospectionTokenValidator validator = validator();
            validator.validate(TOKEN);
            endpoint.answers("{\"active\":false}");

            assertThat(validator.validate(TOKEN, Duration.ofSeconds(1))).isInstanceOf(Valid.class);
            assertThat(validator.validate(TOKEN, Duration.ZERO)).isEqualTo(new Invalid(NOT_ACTIVE));
        }

        @Test
        void bridgesAnOutageButNeverPastTheExpiration() {
            cache = new CacheSettings(Duration.ofSeconds(30), 10, Duration.ofSeconds(10), 10, Duration.ofHours(1));
            answer.put("exp", Long.toString(SECOND + 60));
            endpoint.answers(TestJson.object(answer));
            IntrospectionTokenValidator validator = validator();
            validator.validate(TOKEN);
            endpoint.answers(outage());

            clock.advance(Duration.ofSeconds(60).minusNanos(1));
            assertThat(validator.validate(TOKEN)).isInstanceOf(Valid.class);
            clock.advance(Duration.ofNanos(1));
            assertThat(validator.validate(TOKEN)).isEqualTo(new Invalid(EXPIRED));
        }

        @Test
        void isNotServedToAnotherToken() {
            endpoint.answers(TestJson.object(answer));
            IntrospectionTokenValidator validator = validator();
            validator.validate(TOKEN);
            endpoint.answers("{\"active\":false}");

            assertThat(validator.validate(AccessToken.of("opaquE"))).isEqualTo(new Invalid(NOT_ACTIVE));
        }
    }

    @Nested
    class AnOutage {

        @ParameterizedTest
        @ValueSource(ints = {201, 204, 301, 302, 307, 400, 401, 403, 404, 413, 429, 500, 502, 503})
        void isNeverTheCallersFault(int status) {
            endpoint.answers(status(status));

            assertThat(validator().validate(TOKEN)).isEqualTo(new Unavailable(PAUSE));
        }

        @Test
        void lastsAsLongAsTheServerSays() {
            endpoint.answers(new FetchResult.Refused(503, new byte[0], "", Duration.ofSeconds(90)));

            assertThat(validator().validate(TOKEN)).isEqualTo(new Unavailable(Duration.ofSeconds(90)));
        }

        @Test
        void isOverWhenTheServerAnswers() {
            IntrospectionTokenValidator validator = validator();
            endpoint.answers(outage());
            assertThat(validator.validate(TOKEN)).isEqualTo(new Unavailable(PAUSE));

            endpoint.answers(TestJson.object(answer));
            assertThat(validator.validate(TOKEN)).isInstanceOf(Valid.class);
        }
    }
}
