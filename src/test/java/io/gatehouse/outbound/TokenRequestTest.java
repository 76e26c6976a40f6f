package io.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatehouse.outbound.TokenClientSettings.AssertionForm;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.outbound.TokenRequest.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {

    private final TokenRequest configured = TokenRequest.empty()
            .withScopes("a", "b")
            .withParameter("resource", "r1")
            .withParameter("resource", "r2")
            .withParameter("purpose", "p")
            .withHeader("X-Correlator", "c")
            .withHeader("X-Other", "o")
            .withTimeout(Duration.ofSeconds(3));

    @Test
    void leavesWhatIsConfiguredWhereItSaysNothing() {
        TokenRequest whole = TokenRequest.empty().over(configured);

        assertThat(whole.scopes()).containsExactly("a", "b");
        assertThat(whole.parameters())
                .containsExactly(
                        new Parameter("resource", "r1"),
                        new Parameter("resource", "r2"),
                        new Parameter("purpose", "p"));
        assertThat(whole.headers()).isEqualTo(Map.of("X-Correlator", "c", "X-Other", "o"));
        assertThat(whole.timeout()).hasValue(Duration.ofSeconds(3));
    }

    @Test
    void replacesWhatItNames() {
        TokenRequest whole = TokenRequest.empty()
                .withScopes("c")
                .withParameter("resource", "r3")
                .withHeader("x-correlator", "d")
                .withTimeout(Duration.ofSeconds(1))
                .over(configured);

        assertThat(whole.scopes()).containsExactly("c");
        assertThat(whole.parameters()).containsExactly(new Parameter("purpose", "p"), new Parameter("resource", "r3"));
        assertThat(whole.headers()).containsOnlyKeys("x-correlator", "X-Other").containsEntry("x-correlator", "d");
        assertThat(whole.timeout()).hasValue(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type",
                "scope",
                "client_id",
                "client_secret",
                "client_assertion",
                "client_assertion_type",
                "assertion",
                "code",
                "redirect_uri",
                "refresh_token",
                "subject_token",
                "token"
            })
    void takesNoParameterThatWouldBeSentTwice(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRequest.empty().withParameter(name, "s3cret"))
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "authorization", "Content-Type", "content-length", "Host"})
    void takesNoHeaderThatWouldBeSentTwice(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRequest.empty().withHeader(name, "s3cret"))
                .withMessageNotContaining("s3cret");
    }

    static Stream<Arguments> unsendable() {
        return Stream.concat(
                Stream.of("Connection", "expect", "TE", "Upgrade", "trailer", "Transfer-Encoding", "Keep-Alive")
                        .map(name -> arguments(name, "s3cret")),
                Stream.of(
                        arguments("Proxy-Connection", "s3cret"),
                        arguments("", "s3cret"),
                        arguments("X Correlator", "s3cret"),
                        arguments("X-A:", "s3cret"),
                        arguments("X-\r\nA", "s3cret"),
                        arguments("X-A", "s3cret\r\nX-B: b"),
                        arguments("X-A", "s3cret\n"),
                        arguments("X-A", "s3cret\u0000"),
                        arguments("X-A", "s3cret\u00e9")));
    }

    @ParameterizedTest
    @MethodSource("unsendable")
    void takesNoHeaderThatNoRequestCanCarry(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRequest.empty().withHeader(name, value))
                .withMessageNotContaining("s3cret");
    }

    @Nested
    class AnAssertion {

        @Test
        void saysWhatItSaidWhenItWasMade() {
            List<Object> context = new ArrayList<>(List.of(new HashMap<>(Map.of("type", "phone"))));
            UserAssertion assertion = UserAssertion.forSubject("u").withClaim("authentication_context", context);
            context.clear();

            assertThat(assertion.claims())
                    .isEqualTo(Map.of("sub", "u", "authentication_context", List.of(Map.of("type", "phone"))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "aud", "iat", "exp", "nbf", "jti"})
        void leavesToTheClientWhatIsTheClients(String claim) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UserAssertion.forSubject("u").withClaim(claim, "x"));
        }

        @Test
        void hasOnlyWhatJsonHas() {
            UserAssertion assertion = UserAssertion.forSubject("u");
            for (Object value :
                    List.of(new Object(), Double.NaN, List.of(Double.POSITIVE_INFINITY), Map.of("a", 'c'))) {
                assertThatIllegalArgumentException().isThrownBy(() -> assertion.withClaim("x", value));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {59, 301, 3600, 0, -120})
        void isShortLived(int seconds) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Assertions("i", null, Duration.ofSeconds(seconds), AssertionForm.STANDARD));
        }

        @ParameterizedTest
        @ValueSource(ints = {60, 120, 300})
        void mayLastSomeMinutes(int seconds) {
            assertThat(new Assertions("i", null, Duration.ofSeconds(seconds), AssertionForm.STANDARD).lifetime())
                    .hasSeconds(seconds);
        }
    }
}
