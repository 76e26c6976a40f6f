package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenResolverTest {

    private static final PresentedCredential ABSENT = new PresentedCredential.Absent();
    private static final PresentedCredential TOKEN = new PresentedCredential.Present(AccessToken.of("a.b-c_d.e"));

    private final FakeRequest request = new FakeRequest();

    private PresentedCredential inHeader() {
        return new BearerTokenResolver(new TokenTransport.AuthorizationHeader()).resolve(request.request());
    }

    private PresentedCredential inCookie() {
        return new BearerTokenResolver(new TokenTransport.Cookie("Bearer")).resolve(request.request());
    }

    @Nested
    class Remembered {

        private final TokenValidationResult decision = new TokenValidationResult.Unavailable(Duration.ofSeconds(1));
        private final List<String> questions = new ArrayList<>();

        private PresentedCredential of(TokenTransport transport, String known) {
            return new BearerTokenResolver(transport).resolve(request.request(), token -> {
                questions.add(token);
                return token.equals(known) ? decision : null;
            });
        }

        @Test
        void tokensComeWithTheDecisionAboutThem() {
            request.header("Authorization", "Bearer a.b-c_d.e").header("Cookie", "Bearer=a.b-c_d.e");
            PresentedCredential expected = new PresentedCredential.Present(AccessToken.of("a.b-c_d.e"), decision);
            assertThat(of(new TokenTransport.AuthorizationHeader(), "a.b-c_d.e"))
                    .isEqualTo(expected);
            assertThat(of(new TokenTransport.Cookie("Bearer"), "a.b-c_d.e")).isEqualTo(expected);
            assertThat(questions).containsExactly("a.b-c_d.e", "a.b-c_d.e");
        }

        @Test
        void tokensSpareNoOtherTokenTheLook() {
            request.header("Authorization", "Bearer <a>");
            assertThat(of(new TokenTransport.AuthorizationHeader(), "a"))
                    .isInstanceOf(PresentedCredential.Malformed.class);
            assertThat(questions).containsExactly("<a>");
        }

        @Test
        void tokensAreNotAskedForWhereTwoHeadersDisagree() {
            request.header("Authorization", "Bearer a", "Bearer a");
            assertThat(of(new TokenTransport.AuthorizationHeader(), "a"))
                    .isInstanceOf(PresentedCredential.Malformed.class);
            assertThat(questions).isEmpty();
        }
    }

    @Nested
    class Authorization {

        private PresentedCredential of(String... values) {
            request.header("Authorization", values);
            return inHeader();
        }

        @Test
        void thatIsNotThereIsNoCredential() {
            assertThat(inHeader()).isEqualTo(ABSENT);
        }

        @Test
        void mayBeHiddenByTheContainer() {
            HttpServletRequest hidden =
                    io.gatehouse.testing.Fakes.of(HttpServletRequest.class, Map.of("getHeaders", arguments -> null));
            assertThat(new BearerTokenResolver(new TokenTransport.AuthorizationHeader()).resolve(hidden))
                    .isEqualTo(ABSENT);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Bearer a.b-c_d.e",
                    "bearer a.b-c_d.e",
                    "BEARER a.b-c_d.e",
                    "bEaReR a.b-c_d.e",
                    "Bearer    a.b-c_d.e",
                    " Bearer a.b-c_d.e",
                    "Bearer a.b-c_d.e ",
                    "\tBearer a.b-c_d.e\t"
                })
        void ofTheSchemeBearerGivesItsToken(String value) {
            assertThat(of(value)).isEqualTo(TOKEN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "0", "-._~+/", "abc==", "a=", "A.B.C", "opaque/token+x~"})
        void takesEveryCharacterOfATokenWithoutUnderstandingIt(String token) {
            assertThat(of("Bearer " + token)).isEqualTo(new PresentedCredential.Present(AccessToken.of(token)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "a.b-c_d.e",
                    "Basic YTpi",
                    "DPoP a.b-c_d.e",
                    "Token a.b-c_d.e",
                    "JWT a.b-c_d.e",
                    "Negotiate x",
                    "Bearer:a.b-c_d.e",
                    "Bearer: a.b-c_d.e",
                    "Bearer=a.b-c_d.e",
                    "Bearera.b-c_d.e",
                    "Bearer,a.b-c_d.e",
                    "Bearerx a.b-c_d.e",
                    "\"Bearer\" a.b-c_d.e",
                    "xBearer a.b-c_d.e",
                    "B\u00e9arer a",
                    "\u212aearer a",
                    "Basic YTpi, Bearer a.b-c_d.e",
                    "\u00a0Bearer a.b-c_d.e"
                })
        void ofAnotherSchemeIsNoCredentialForUs(String value) {
            assertThat(of(value)).isEqualTo(ABSENT);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Bearer",
                    "Bearer ",
                    "bearer      ",
                    "Bearer\t",
                    "Bearer\ta.b-c_d.e",
                    "Bearer \ta.b-c_d.e",
                    "Bearer =",
                    "Bearer ==",
                    "Bearer a=b",
                    "Bearer a b",
                    "Bearer a.b-c_d.e a.b-c_d.e",
                    "Bearer a.b-c_d.e,",
                    "Bearer a, Bearer b",
                    "Bearer a,Basic b",
                    "Bearer Bearer a",
                    "Bearer \"a.b-c_d.e\"",
                    "Bearer a.b-c_d.e;",
                    "Bearer a%2Eb",
                    "Bearer <a>",
                    "Bearer a\u00e9",
                    "Bearer \u0430",
                    "Bearer a\u0000",
                    "Bearer\u0000a",
                    "Bearer a\nb",
                    "Bearer a\r\nX: y",
                    "Bearer {\"alg\":1}",
                    "Bearer token=\"a\"",
                    "Bearer a\u00a0"
                })
        void thatIsMeantForUsButNotWellFormedIsMalformed(String value) {
            assertThat(of(value)).isInstanceOf(PresentedCredential.Malformed.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u000b", "\f", "\u001c", "\u001f", "\u2003", "\u3000", "\u2028"})
        void withOtherWhiteSpaceThanSpacesAndTabsAroundItIsNotTaken(String space) {
            assertThat(of("Bearer a.b-c_d.e" + space)).isInstanceOf(PresentedCredential.Malformed.class);
            assertThat(new BearerTokenResolver(new TokenTransport.AuthorizationHeader())
                            .resolve(new FakeRequest()
                                    .header("Authorization", space + "Bearer a.b-c_d.e")
                                    .request()))
                    .isEqualTo(ABSENT);
        }

        @Test
        void thatIsThereTwiceIsMalformed() {
            assertThat(of("Bearer a", "Bearer a")).isInstanceOf(PresentedCredential.Malformed.class);
        }

        @Test
        void ofTwoSchemesIsMalformedInAnyOrder() {
            assertThat(of("Basic YTpi", "Bearer a")).isInstanceOf(PresentedCredential.Malformed.class);
            assertThat(of("", "Bearer a")).isInstanceOf(PresentedCredential.Malformed.class);
        }

        @Test
        void ofMegabytesIsTakenWithoutRecursion() {
            assertThat(of("Bearer " + "a".repeat(5_000_000))).isInstanceOf(PresentedCredential.Present.class);
            assertThat(new BearerTokenResolver(new TokenTransport.AuthorizationHeader())
                            .resolve(new FakeRequest()
                                    .header("Authorization", "Bearer " + "=".repeat(5_000_000))
                                    .request()))
                    .isInstanceOf(PresentedCredential.Malformed.class);
        }

        /** The fake fails when it is asked for a parameter or a body. */
        @Test
        void isTheOnlyPlaceThatIsLookedAt() {
            request.header("Cookie", "Bearer=a.b-c_d.e")
                    .header("X-Authorization", "Bearer a")
                    .header("Proxy-Authorization", "Bearer a")
                    .header("X-Access-Token", "a");
            assertThat(inHeader()).isEqualTo(ABSENT);
        }
    }

    @Nested
    class Cookie {

        private PresentedCredential of(String... headers) {
            request.header("Cookie", headers);
            return inCookie();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Bearer=a.b-c_d.e",
                    "Bearer=a.b-c_d.e; x=y",
                    "x=y; Bearer=a.b-c_d.e",
                    "x=y;Bearer=a.b-c_d.e;z",
                    "Bearer=\"a.b-c_d.e\"",
                    "$Version=1; Bearer=a.b-c_d.e; $Path=/",
                    " Bearer = a.b-c_d.e ",
                    "=x; Bearer=a.b-c_d.e",
                    ";;Bearer=a.b-c_d.e;;",
                    "bearer=other; Bearer=a.b-c_d.e",
                    "Bearer=; Bearer=a.b-c_d.e"
                })
        void ofTheNameGivesItsValue(String header) {
            assertThat(of(header)).isEqualTo(TOKEN);
        }

        @Test
        void mayStandInASecondHeader() {
            assertThat(of("x=y", "Bearer=a.b-c_d.e")).isEqualTo(TOKEN);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x=y",
                    "bearer=a",
                    "BEARER=a",
                    "Bearer",
                    "Bearer=",
                    "Bearer=\"\"",
                    "xBearer=a",
                    "Bearerx=a",
                    "x=Bearer=a",
                    "x=\"Bearer=a\"",
                    "$Bearer=a",
                    "Bearer\u000b=a"
                })
        void ofAnotherNameOrWithoutValueIsNone(String header) {
            assertThat(of(header)).isEqualTo(ABSENT);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Bearer=a; Bearer=b",
                    "Bearer=a; x=y; Bearer=a",
                    "Bearer=a b",
                    "Bearer=\"a",
                    "Bearer=a\"",
                    "Bearer=\"a\" b",
                    "Bearer=Bearer a",
                    "Bearer=a,b",
                    "Bearer=a%2Eb",
                    "Bearer=\u00e9",
                    "Bearer=a\u000b",
                    "Bearer=a=b",
                    "Bearer==="
                })
        void thatIsNotOneTokenIsMalformed(String header) {
            assertThat(of(header)).isInstanceOf(PresentedCredential.Malformed.class);
        }

        @Test
        void inTwoHeadersIsMalformed() {
            assertThat(of("Bearer=a", "Bearer=b")).isInstanceOf(PresentedCredential.Malformed.class);
        }

        @Test
        void isTheOnlyPlaceThatIsLookedAt() {
            request.header("Authorization", "Bearer a.b-c_d.e");
            assertThat(inCookie()).isEqualTo(ABSENT);
        }

        @Test
        void ofThousandsIsFound() {
            assertThat(of("x=y; ".repeat(10_000) + "Bearer=a.b-c_d.e")).isEqualTo(TOKEN);
        }
    }

    @Test
    void aCredentialShowsNothingOfTheToken() {
        assertThat(TOKEN.toString()).doesNotContain("a.b-c_d.e");
        request.header("Authorization", "Bearer s3cr3t s3cr3t");
        assertThat(inHeader().toString()).doesNotContain("s3cr3t");
    }
}
