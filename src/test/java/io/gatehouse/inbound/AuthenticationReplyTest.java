package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationReplyTest {

    private final FakeResponse response = new FakeResponse();
    private final HttpServletRequest request = new FakeRequest().request();

    @Test
    void to401CarriesTheChallenge() {
        AuthenticationReply.unauthorized("Bearer realm=\"a\"").writeTo(response.response());

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers())
                .isEqualTo(Map.of("WWW-Authenticate", "Bearer realm=\"a\"", "Cache-Control", "no-store"));
    }

    @Test
    void to400CarriesTheChallenge() {
        AuthenticationReply.badRequest("Bearer error=\"invalid_request\"").writeTo(response.response());

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers()).containsEntry("WWW-Authenticate", "Bearer error=\"invalid_request\"");
    }

    @ParameterizedTest
    @CsvSource({"PT10S,10", "PT1M,60", "PT0S,1", "PT0.5S,1", "PT1.9S,1", "PT-5S,1"})
    void to503SaysWhenToComeBackAndChallengesNobody(Duration retryAfter, String seconds) {
        AuthenticationReply.unavailable(retryAfter).writeTo(response.response());

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).isEqualTo(Map.of("Retry-After", seconds, "Cache-Control", "no-store"));
    }

    @Nested
    class LeftInTheRequest {

        private final AtomicInteger passed = new AtomicInteger();
        private final FilterChain chain = Fakes.of(FilterChain.class, Map.of("doFilter", arguments -> {
            passed.incrementAndGet();
            return null;
        }));

        @Test
        void isFoundAgain() {
            AuthenticationReply reply = AuthenticationReply.unauthorized("Bearer");
            assertThat(AuthenticationReply.leftIn(request)).isEmpty();

            reply.leaveIn(request);
            assertThat(AuthenticationReply.leftIn(request)).contains(reply);
        }

        @Test
        void endsTheRequestAtTheFilter() throws Exception {
            AuthenticationReply.unauthorized("Bearer realm=\"a\"").leaveIn(request);

            new RefusalFilter().doFilter(request, response.response(), chain);

            assertThat(passed).hasValue(0);
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"a\"");
        }

        @Test
        void isNotThereForARequestThatWasNotRefused() throws Exception {
            new RefusalFilter().doFilter(request, response.response(), chain);

            assertThat(passed).hasValue(1);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers()).isEmpty();
        }
    }
}
