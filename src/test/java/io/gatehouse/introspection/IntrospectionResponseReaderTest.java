package io.gatehouse.introspection;

import static io.gatehouse.testing.TestJson.quote;
import static io.gatehouse.testing.TestTokens.CLOCK;
import static io.gatehouse.testing.TestTokens.ISSUER;
import static io.gatehouse.testing.TestTokens.KID;
import static io.gatehouse.testing.TestTokens.NOW;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.introspection.IntrospectionResponse.Active;
import io.gatehouse.introspection.IntrospectionResponse.ClientRejected;
import io.gatehouse.introspection.IntrospectionResponse.Failed;
import io.gatehouse.introspection.IntrospectionResponse.Inactive;
import io.gatehouse.introspection.IntrospectionResponse.RequestRefused;
import io.gatehouse.json.JsonNull;
import io.gatehouse.jwt.SignedJwtVerifier;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ClaimsSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionResponseReaderTest {

    private static final String JSON = "application/json";
    private static final String SIGNED = "application/token-introspection+jwt";
    private static final String CLIENT = "orders-api";

    private final IntrospectionResponseReader plain = new IntrospectionResponseReader(null, CLOCK);

    private IntrospectionResponse read(String body) {
        return read(body.getBytes(UTF_8), JSON);
    }

    private IntrospectionResponse read(byte[] body, String contentType) {
        return plain.read(new FetchResult.Ok(body, contentType, null));
    }

    private ClaimsSet claims(String body) {
        IntrospectionResponse response = read(body);
        assertThat(response).isInstanceOf(Active.class);
        return ((Active) response).claims();
    }

    private IntrospectionResponse refused(int status, String body) {
        return plain.read(new FetchResult.Refused(status, body.getBytes(UTF_8), JSON, null));
    }

    @Nested
    class ATokenThatIsActive {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"active\":true}",
                    " \r\n{ \"active\" :\ttrue } \n",
                    "{\"\\u0061ctive\":true}",
                    "{\"active\":true,\"error\":\"x\"}",
                    "{\"sub\":\"a\",\"active\":true}",
                    "{\"x\":{\"active\":false},\"active\":true}"
                })
        void isWhatSaysTrue(String body) {
            assertThat(read(body)).isInstanceOf(Active.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"active\":false}",
                    " { \"active\" : false } ",
                    "{\"active\":false,\"sub\":\"alice\",\"exp\":9999999999}",
                    "{\"active\":false,\"x\":{\"active\":true}}",
                    "{\"active\":false,\"jwt\":\"a.b.c\"}"
                })
        void isNotWhatSaysFalse(String body) {
            assertThat(read(body)).isEqualTo(new Inactive());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"active\":\"true\"}",
                    "{\"active\":\"false\"}",
                    "{\"active\":1}",
                    "{\"active\":0}",
                    "{\"active\":null}",
                    "{\"active\":[true]}",
                    "{\"active\":{}}",
                    "{\"active\":\"\"}",
                    "{}",
                    "{\"Active\":true}",
                    "{\"ACTIVE\":true}",
                    "{\" active\":true}",
                    "{\"active \":true}",
                    "{\"active\\u0000\":true}",
                    "{\"result\":{\"active\":true}}",
                    "{\"active\":true,\"active\":true}",
                    "{\"active\":false,\"active\":true}",
                    "{\"active\":true,\"active\":false}",
                    "{\"active\":true,\"\\u0061ctive\":true}",
                    "{\"active\":true,\"sub\":\"a\",\"sub\":\"b\"}",
                    "{\"active\":TRUE}",
                    "{\"active\":True}",
                    "{active:true}",
                    "{'active':true}",
                    "[{\"active\":true}]",
                    "[true]",
                    "true",
                    "null",
                    "\"active\"",
                    "active",
                    "",
                    " ",
                    "{",
                    "{\"active\":true",
                    "{\"active\":tru",
                    "{\"active\":true,}",
                    "{\"active\":true}}",
                    "{\"active\":true}{}",
                    "{\"active\":true}x",
                    "{\"active\":true} // yes",
                    "{\"active\":true}\u0000",
                    "\uFEFF{\"active\":true}",
                    "{\"active\":true,\"n\":1E1000000000}",
                    "{\"active\":true,\"n\":NaN}",
                    "{\"active\":true,\"s\":\"\\ud800\"}",
                    "<html>active: true</html>",
                    "active=true"
                })
        void isNothingElse(String body) {
            assertThat(read(body)).isInstanceOf(Failed.class);
        }

        @Test
        void isNotSaidInAnotherEncoding() {
            assertThat(read("{\"active\":true}".getBytes(UTF_16), JSON)).isInstanceOf(Failed.class);
            assertThat(read("{\"active\":true}".getBytes(UTF_16), JSON + ";charset=utf-16"))
                    .isInstanceOf(Failed.class);
        }

        @Test
        void isNotSaidByWhatIsNestedTooDeep() {
            String deep = "[".repeat(100_000) + "]".repeat(100_000);

            assertThat(read("{\"active\":true,\"x\":" + deep + "}")).isInstanceOf(Failed.class);
        }
    }

    @Nested
    class TheContentType {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json;charset=utf-8",
                    "application/json; charset=ISO-8859-1",
                    "Application/JSON ; x=y",
                    "application/problem+json"
                })
        void mayBeAnyJson(String contentType) {
            assertThat(read("{\"active\":true}".getBytes(UTF_8), contentType)).isInstanceOf(Active.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "text/html",
                    "text/plain",
                    "text/json",
                    "application/jsonp",
                    "application/x-json",
                    "application/octet-stream",
                    "application/x-www-form-urlencoded",
                    "application/jwt",
                    SIGNED,
                    "json",
                    ";application/json",
                    "text/html;application/json",
                    "text/html, application/json"
                })
        void mayBeNothingElse(String contentType) {
            assertThat(read("{\"active\":true}".getBytes(UTF_8), contentType)).isInstanceOf(Failed.class);
        }

        @Test
        void isAskedFor() {
            assertThat(plain.accept()).isEqualTo(JSON);
        }
    }

    @Nested
    class AnyOtherStatus {

        @ParameterizedTest
        @ValueSource(ints = {201, 202, 203, 204, 205, 206, 404, 405, 406, 407, 408, 409, 410, 429, 500, 502, 503, 504})
        void isAFailureWhateverTheBodySays(int status) {
            assertThat(refused(status, "{\"active\":true}")).isEqualTo(new Failed("it answered " + status, null));
            assertThat(refused(status, "{\"active\":false}")).isEqualTo(new Failed("it answered " + status, null));
        }

        @Test
        void isAFailureThatMaySayWhenToComeBack() {
            FetchResult busy = new FetchResult.Refused(503, new byte[0], "", Duration.ofSeconds(42));

            assertThat(plain.read(busy)).isEqualTo(new Failed("it answered 503", Duration.ofSeconds(42)));
        }

        @ParameterizedTest
        @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308, 399})
        void thatIsARedirectHintsAtTheSlash(int status) {
            assertThat(refused(status, "{\"active\":true}"))
                    .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.problem())
                            .contains(String.valueOf(status), "redirect", "never followed", "slash"));
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void thatRejectsUsIsOurFault(int status) {
            assertThat(refused(status, "")).isEqualTo(new ClientRejected(status));
            assertThat(refused(status, "{\"active\":true}")).isEqualTo(new ClientRejected(status));
            assertThat(refused(status, "{\"active\":false}")).isEqualTo(new ClientRejected(status));
            assertThat(refused(status, "{\"error\":\"invalid_token\"}")).isEqualTo(new ClientRejected(status));
        }

        @ParameterizedTest
        @ValueSource(ints = {413, 414, 422, 431})
        void thatRefusesTheRequestSaysNothingOfTheServer(int status) {
            assertThat(refused(status, "{\"active\":true}")).isEqualTo(new RequestRefused(status));
        }

        @Test
        void orNoneAtAllIsAFailure() {
            assertThat(plain.read(new FetchResult.Unreachable("connect timeout")))
                    .isEqualTo(new Failed("connect timeout", null));
        }
    }

    @Nested
    class ABadRequest {

        @ParameterizedTest
        @ValueSource(strings = {"unsupported_token_type", "invalid_token"})
        void thatIsAboutTheTokenSaysItIsDead(String code) {
            assertThat(refused(400, "{\"error\":" + quote(code) + "}")).isEqualTo(new Inactive());
        }

        @ParameterizedTest
        @ValueSource(strings = {"invalid_client", "unauthorized_client"})
        void thatIsAboutUsIsOurFault(String code) {
            assertThat(refused(400, "{\"error\":" + quote(code) + "}")).isEqualTo(new ClientRejected(400));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"active\":true}",
                    "{\"active\":false}",
                    "{\"error\":\"invalid_request\"}",
                    "{\"error\":\"INVALID_TOKEN\"}",
                    "{\"error\":null}",
                    "{\"error\":[\"invalid_token\"]}",
                    "{\"error\":{\"code\":\"invalid_token\"}}",
                    "{\"error\":\"invalid_token\",\"error\":\"invalid_token\"}",
                    "error=invalid_token",
                    "invalid_token"
                })
        void ofAnyOtherKindSaysNothing(String body) {
            assertThat(refused(400, body)).isEqualTo(new RequestRefused(400));
        }
    }

    @Nested
    class Claims {

        @Test
        void areTheWholeAnswer() {
            ClaimsSet claims = claims("{\"active\":true,\"sub\":\"a\",\"x\":{\"y\":[1,\"z\"]},\"n\":9007199254740993}");

            assertThat(claims.asMap())
                    .isEqualTo(Map.of(
                            "active", true, "sub", "a", "x", Map.of("y", List.of(1L, "z")), "n", 9007199254740993L));
        }

        @ParameterizedTest
        @CsvSource({"1772366400,1772366400", "0,0", "007,7", "999999999999999,999999999999999"})
        void thatAreDatesInDigitsAreDates(String text, long seconds) {
            for (String name : List.of("exp", "nbf", "iat")) {
                assertThat(claims("{\"active\":true,\"" + name + "\":" + quote(text) + "}")
                                .value(name))
                        .hasValue(seconds);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "x",
                    "-1",
                    "+1",
                    "1.5",
                    "1e9",
                    " 1",
                    "1 ",
                    "0x10",
                    "1000000000000000",
                    "\u0661",
                    "2026-03-01T12:00:00Z"
                })
        void thatAreDatesInOtherTextsStayTexts(String text) {
            assertThat(claims("{\"active\":true,\"exp\":" + quote(text) + "}").value("exp"))
                    .hasValue(text);
        }

        @Test
        void thatAreNumbersStayNumbers() {
            assertThat(claims("{\"active\":true,\"exp\":1772366400.5}").value("exp"))
                    .hasValue(new BigDecimal("1772366400.5"));
        }

        @Test
        void thatAreNoDatesStayTexts() {
            assertThat(claims("{\"active\":true,\"sub\":\"42\"}").value("sub")).hasValue("42");
        }

        @ParameterizedTest
        @ValueSource(strings = {"sub", "username", "client_id", "scope", "groups", "x"})
        void thatAreNullAreAbsent(String name) {
            assertThat(claims("{\"active\":true,\"" + name + "\":null}").names())
                    .containsExactly("active");
        }

        @ParameterizedTest
        @ValueSource(strings = {"exp", "nbf", "iat", "iss", "aud", "cnf", "token_type"})
        void thatTheGateLooksAtAreNotAbsentWhenNull(String name) {
            assertThat(claims("{\"active\":true,\"" + name + "\":null}").value(name))
                    .hasValue(JsonNull.NULL);
        }
    }

    @Nested
    class ASignedAnswer {

        private final IntrospectionResponseReader signed = reader(keys());

        private static IntrospectionResponseReader reader(VerificationKeys keys) {
            SignedJwtVerifier verifier = new SignedJwtVerifier("token-introspection+jwt", keys, KeyPolicy.strict());
            return new IntrospectionResponseReader(new SignedAnswers(verifier, ISSUER, CLIENT), CLOCK);
        }

        private static VerificationKeys keys() {
            try {
                return VerificationKeys.parse(
                        TestKeys.jwks(TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", quote(KID))), KeyPolicy.strict());
            } catch (UnusableKeyException unusable) {
                throw new AssertionError(unusable);
            }
        }

        /** A good one, to change one thing of. */
        private static TestTokens answer() {
            return TestTokens.valid()
                    .header("typ", "\"token-introspection+jwt\"")
                    .claim("iss", quote(ISSUER))
                    .claim("aud", quote(CLIENT))
                    .claim("iat", Long.toString(NOW.getEpochSecond()))
                    .withoutClaim("exp")
                    .withoutClaim("sub")
                    .withoutClaim("upn")
                    .withoutClaim("groups")
                    .claim("token_introspection", "{\"active\":true,\"sub\":\"alice\",\"exp\":\"42\"}");
        }

        private IntrospectionResponse readText(String body, String contentType) {
            return signed.read(new FetchResult.Ok(body.getBytes(UTF_8), contentType, null));
        }

        private IntrospectionResponse readAnswer(TestTokens answer) {
            return readText(answer.compact(), SIGNED);
        }

        @Test
        void isAskedFor() {
            assertThat(signed.accept()).isEqualTo(SIGNED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/token-introspection+jwt",
                    "application/token-introspection+jwt; charset=utf-8",
                    "Application/Token-Introspection+JWT"
                })
        void thatIsGoodIsRead(String contentType) {
            IntrospectionResponse response = readText(answer().compact(), contentType);

            assertThat(response).isInstanceOfSatisfying(Active.class, active -> assertThat(
                            active.claims().asMap())
                    .isEqualTo(Map.of("active", true, "sub", "alice", "exp", 42L)));
        }

        @Test
        void mayEndWithALineBreak() {
            assertThat(readText(answer().compact() + "\r\n", SIGNED)).isInstanceOf(Active.class);
        }

        @Test
        void mayHaveSeveralAudiences() {
            assertThat(readAnswer(answer().claim("aud", "[\"other\",\"" + CLIENT + "\"]")))
                    .isInstanceOf(Active.class);
        }

        @Test
        void mayHaveItsTypeWithThePrefix() {
            assertThat(readAnswer(answer().header("typ", "\"application/token-introspection+jwt\"")))
                    .isInstanceOf(Active.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"active\":false}", "{\"active\":false,\"token_introspection\":{\"active\":true}}"})
        void aboutADeadTokenIsRead(String introspection) {
            assertThat(readAnswer(answer().claim("token_introspection", introspection)))
                    .isEqualTo(new Inactive());
        }

        @Test
        void isNotOverruledByItsEnvelope() {
            assertThat(readAnswer(answer().claim("active", "true").claim("token_introspection", "{\"active\":false}")))
                    .isEqualTo(new Inactive());
            assertThat(readAnswer(answer().claim("active", "true").withoutClaim("token_introspection")))
                    .isInstanceOf(Failed.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"{\\\"active\\\":true}\"",
                    "{\"active\":\"true\"}",
                    "[{\"active\":true}]"
                })
        void thatHoldsNoIntrospectionSaysNothing(String introspection) {
            assertThat(readAnswer(answer().claim("token_introspection", introspection)))
                    .isInstanceOf(Failed.class);
        }

        @Test
        void thatIsForgedSaysNothing() {
            TestTokens forged = answer().signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate());

            assertThat(readAnswer(forged)).isInstanceOf(Failed.class);
            assertThat(readText(answer().compact(new byte[0]), SIGNED)).isInstanceOf(Failed.class);
            assertThat(readAnswer(answer().header("alg", "\"none\""))).isInstanceOf(Failed.class);
            assertThat(readAnswer(answer().header("alg", "\"HS256\""))).isInstanceOf(Failed.class);
            assertThat(readAnswer(answer().header("alg", "\"RS384\""))).isInstanceOf(Failed.class);
            assertThat(readAnswer(answer().header("kid", "\"another\""))).isInstanceOf(Failed.class);
        }

        @Test
        void thatDiesForADeadTokenHasToBeGenuineAsWell() {
            TestTokens forged = answer().claim("token_introspection", "{\"active\":false}")
                    .signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate());

            assertThat(readAnswer(forged)).isInstanceOf(Failed.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"JWT\"", "\"at+jwt\"", "\"\"", "\"token-introspection\""})
        void ofAnotherTypeSaysNothing(String typ) {
            assertThat(readAnswer(answer().header("typ", typ))).isInstanceOf(Failed.class);
        }

        @Test
        void ofNoTypeSaysNothing() {
            assertThat(readAnswer(answer().withoutHeader("typ"))).isInstanceOf(Failed.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"https://evil.example\"",
                    "\"https://issuer.example/realms/main/\"",
                    "[\"" + ISSUER + "\"]",
                    "null"
                })
        void ofAnotherIssuerSaysNothing(String iss) {
            assertThat(readAnswer(answer().claim("iss", iss))).isInstanceOf(Failed.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"another\"", "[\"another\"]", "[]", "\"\"", "null", "{\"orders-api\":1}"})
        void forAnotherAudienceSaysNothing(String aud) {
            assertThat(readAnswer(answer().claim("aud", aud))).isInstanceOf(Failed.class);
        }

        @ParameterizedTest
        @ValueSource(longs = {-300, -1, 0, 1, 300})
        void thatIsRecentIsRead(long offset) {
            assertThat(readAnswer(answer().claim("iat", Long.toString(NOW.getEpochSecond() + offset))))
                    .isInstanceOf(Active.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1772366099",
                    "1772366701",
                    "0",
                    "-1",
                    "\"1772366400\"",
                    "null",
                    "18446744075481918016",
                    "-9223372035082409408"
                })
        void thatIsOldOrFromTheFutureSaysNothing(String iat) {
            assertThat(NOW.getEpochSecond()).isEqualTo(1772366400);
            assertThat(readAnswer(answer().claim("iat", iat))).isInstanceOf(Failed.class);
        }

        @Test
        void withoutATimeSaysNothing() {
            assertThat(readAnswer(answer().withoutClaim("iat"))).isInstanceOf(Failed.class);
        }

        @Test
        void whoseKeysAreOutOfReachSaysNothing() {
            IntrospectionResponseReader blind = reader(kid -> new KeyLookup.Unavailable(Duration.ofSeconds(1)));

            assertThat(blind.read(new FetchResult.Ok(answer().compact().getBytes(UTF_8), SIGNED, null)))
                    .isInstanceOf(Failed.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "application/jwt", "text/plain", "", "application/x+json"})
        void isNotReplacedByAnUnsignedOne(String contentType) {
            assertThat(readText("{\"active\":true}", contentType)).isInstanceOf(Failed.class);
            assertThat(readText("{\"active\":false}", contentType)).isInstanceOf(Failed.class);
            assertThat(readText(answer().compact(), contentType)).isInstanceOf(Failed.class);
            assertThat(readText("{\"active\":true,\"jwt\":\"" + answer().compact() + "\"}", contentType))
                    .isInstanceOf(Failed.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "a.b", "{\"active\":true}", "\u0000"})
        void thatIsNoTokenSaysNothing(String body) {
            assertThat(readText(body, SIGNED)).isInstanceOf(Failed.class);
        }

        @Test
        void isNotTakenWhereNoneIsConfigured() {
            assertThat(read(answer().compact().getBytes(UTF_8), SIGNED)).isInstanceOf(Failed.class);
            assertThat(read("{\"active\":false,\"jwt\":\"" + answer().compact() + "\"}"))
                    .isEqualTo(new Inactive());
        }
    }
}
