package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.token.InvalidTokenReason.HEADER_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.SIGNATURE_NOT_VALID;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.TokenValidationResult;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoseHeaderTest {

    private final TestGate gate = TestGate.rsa();

    @Nested
    class CriticalExtensions {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "null",
                    "\"\"",
                    "\"exp\"",
                    "1",
                    "true",
                    "{}",
                    "[\"exp\"]",
                    "[\"b64\"]",
                    "[\"alg\"]",
                    "[\"unknown\"]",
                    "[\"\"]",
                    "[1]",
                    "[null]",
                    "[[]]",
                    "[\"exp\",\"exp\"]",
                    "[\"http://example.invalid/ext\"]"
                })
        void areRefusedWhateverTheyAre(String crit) {
            gate.assertRefused(TestTokens.valid().header("crit", crit), HEADER_NOT_ACCEPTED);
            gate.assertRefused(TestTokens.valid().header("exp", "1").header("crit", crit), HEADER_NOT_ACCEPTED);
        }
    }

    @Nested
    class Parameters {

        @ParameterizedTest
        @ValueSource(strings = {"true", "false", "null", "\"false\"", "0"})
        void unencodedPayloadIsRefused(String b64) {
            gate.assertRefused(TestTokens.valid().header("b64", b64), HEADER_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"DEF\"", "\"GZIP\"", "\"\"", "null", "1"})
        void compressionIsRefused(String zip) {
            gate.assertRefused(TestTokens.valid().header("zip", zip), HEADER_NOT_ACCEPTED);
        }

        @Test
        void aKeyInTheHeaderIsRefusedAlsoIfItIsTheRightOne() {
            String right = TestJson.object(jwk(RSA.getPublic(), "kid", TestJson.quote(TestTokens.KID)));
            String wrong = TestJson.object(jwk(OTHER_RSA.getPublic()));

            gate.assertRefused(TestTokens.valid().header("jwk", right), HEADER_NOT_ACCEPTED);
            gate.assertRefused(
                    TestTokens.valid()
                            .header("jwk", wrong)
                            .signedWith(SignatureAlgorithm.RS256, OTHER_RSA.getPrivate()),
                    HEADER_NOT_ACCEPTED);
            gate.assertRefused(TestTokens.valid().header("jwk", "null"), HEADER_NOT_ACCEPTED);
            gate.assertRefused(TestTokens.valid().header("jwks", "{\"keys\":[" + wrong + "]}"), HEADER_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"jku", "x5u", "x5c", "x5t", "x5t#S256", "iss", "p2c", "p2s", "epk", "unknown"})
        void ofOtherNamesChangeNothing(String name) {
            for (String json : List.of("\"https://attacker.example/keys\"", "[\"MIIB\"]", "1", "null", "{}")) {
                gate.assertAccepted(TestTokens.valid().header(name, json));
                gate.assertRefused(
                        TestTokens.valid()
                                .header(name, json)
                                .signedWith(SignatureAlgorithm.RS256, OTHER_RSA.getPrivate()),
                        SIGNATURE_NOT_VALID);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"kid", "typ", "cty", "enc"})
        void ofTheWrongTypeAreRefused(String name) {
            for (String json : List.of("null", "1", "true", "[]", "[\"JWT\"]", "{}")) {
                gate.assertRefused(TestTokens.valid().header(name, json), HEADER_NOT_ACCEPTED);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "json", "application/json", ""})
        void aContentTypeOfASignedTokenChangesNothing(String cty) {
            gate.assertAccepted(TestTokens.valid().header("cty", TestJson.quote(cty)));
        }
    }

    @Nested
    class Type {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "JWT",
                    "jwt",
                    "Jwt",
                    "application/jwt",
                    "application/JWT",
                    "APPLICATION/jwt",
                    "at+jwt",
                    "AT+JWT",
                    "application/at+jwt"
                })
        void ofAnAccessTokenIsAccepted(String typ) {
            gate.assertAccepted(TestTokens.valid().header("typ", TestJson.quote(typ)));
        }

        @Test
        void mayBeAbsent() {
            gate.assertAccepted(TestTokens.valid().withoutHeader("typ"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "JWT ",
                    " JWT",
                    "JOSE",
                    "JOSE+JSON",
                    "JWS",
                    "JWE",
                    "logout+jwt",
                    "dpop+jwt",
                    "secevent+jwt",
                    "oauth-authz-req+jwt",
                    "token-introspection+jwt",
                    "client-authentication+jwt",
                    "id+jwt",
                    "rt+jwt",
                    "kb+jwt",
                    "vc+sd-jwt",
                    "statuslist+jwt",
                    "entity-statement+jwt",
                    "application/",
                    "application/application/jwt",
                    "text/jwt",
                    "application/jwt;charset=utf-8",
                    "at jwt",
                    "at%2Bjwt",
                    "\u212aWT",
                    "jw\u0442",
                    "null"
                })
        void ofAnythingElseIsRefused(String typ) {
            gate.assertRefused(TestTokens.valid().header("typ", TestJson.quote(typ)), TYPE_NOT_ACCEPTED);
        }

        @Test
        void isThatOfTheSettings() {
            TestGate ours = TestGate.with(new JwtSettings(JwtSettings.DEFAULT_MAXIMUM_LENGTH, Set.of("at+jwt"), null));

            ours.assertAccepted(TestTokens.valid().header("typ", "\"at+JWT\""));
            ours.assertRefused(TestTokens.valid(), TYPE_NOT_ACCEPTED);
        }
    }

    @Nested
    class Text {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "[]",
                    "\"RS256\"",
                    "1",
                    "{",
                    "{}x",
                    "{\"alg\":\"RS256\",}",
                    "{\"alg\":\"RS256\"}}",
                    "{'alg':'RS256'}",
                    "{alg:\"RS256\"}",
                    "{\"alg\":\"RS256\"}//",
                    "{\"alg\":\"RS256\",\"kid\":\"key-1\",\"kid\":\"key-1\"}",
                    "{\"alg\":\"RS256\",\"k\\u0069d\":\"x\",\"kid\":\"key-1\"}",
                    "\ufeff{\"alg\":\"RS256\"}",
                    "{\"alg\":\"RS256\"}\u0000",
                    "{\"alg\":\"RS256\",\"x\":1e400}",
                    "{\"alg\":\"RS256\",\"x\":\"\\ud800\"}"
                })
        void thatIsNoStrictJsonObjectIsRefused(String header) {
            gate.assertRefused(TestTokens.valid().headerText(header.getBytes(UTF_8)), MALFORMED);
        }

        @Test
        void inAnotherEncodingIsRefused() {
            String header = "{\"alg\":\"RS256\",\"kid\":\"key-1\"}";
            gate.assertRefused(TestTokens.valid().headerText(header.getBytes(UTF_16BE)), MALFORMED);
        }

        @Test
        void maySpreadOverLines() {
            gate.assertAccepted(TestTokens.valid().headerText("{\r\n \"alg\" : \"RS256\" }\n".getBytes(UTF_8)));
        }
    }

    @Test
    void everyParameterOfEveryTypeIsAnsweredCleanly() {
        List<String> names = List.of(
                "alg", "kid", "typ", "cty", "enc", "zip", "crit", "b64", "jku", "jwk", "x5u", "x5c", "x5t", "epk",
                "apu", "p2c", "iss", "sub", "aud", "url", "nonce", "ppt", "svt");
        List<String> values = List.of(
                "null",
                "true",
                "false",
                "0",
                "-1",
                "1.5",
                "1e300",
                "9223372036854775808",
                "\"\"",
                "\" \"",
                "\"x\"",
                "\"\\u0000\"",
                "[]",
                "[null]",
                "{}",
                "{\"a\":{\"b\":[]}}");
        for (String name : names) {
            for (String value : values) {
                TokenValidationResult result =
                        gate.validate(TestTokens.valid().header(name, value).compact());
                assertThat(result).isNotInstanceOf(TokenValidationResult.Unavailable.class);
            }
        }
    }

    @Test
    void everyClaimOfEveryTypeIsAnsweredCleanly() {
        List<String> names = List.of(
                "iss",
                "sub",
                "aud",
                "exp",
                "nbf",
                "iat",
                "jti",
                "upn",
                "preferred_username",
                "groups",
                "scope",
                "cnf",
                "typ",
                "act",
                "azp",
                "client_id",
                "realm_access",
                "acr",
                "amr",
                "auth_time",
                "raw_token");
        List<String> values = List.of(
                "null",
                "true",
                "false",
                "0",
                "-1",
                "1.5",
                "1e300",
                "9223372036854775808",
                "\"\"",
                "\" \"",
                "\"x\"",
                "\"\\u0000\"",
                "[]",
                "[null]",
                "{}",
                "{\"a\":{\"b\":[]}}");
        for (String name : names) {
            for (String value : values) {
                TokenValidationResult result =
                        gate.validate(TestTokens.valid().claim(name, value).compact());
                assertThat(result).isNotInstanceOf(TokenValidationResult.Unavailable.class);
            }
        }
    }

    @Test
    void aRefusalRepeatsNothingOfTheHeader() {
        assertThat(gate.validate(TestTokens.valid().header("kid", "\"s3cr3t\"").compact())
                        .toString())
                .doesNotContain("s3cr3t");
    }
}
