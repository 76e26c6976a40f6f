package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.Fakes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RefusalInRequestTest {

    private final FakeResponse response = new FakeResponse();
    private final FakeRequest fakeRequest = new FakeRequest();
    private final HttpServletRequest request = fakeRequest.request();

    private static final BearerChallenge CHALLENGE = new BearerChallenge("a");
    private static final Refusal REFUSAL = Refusal.credentialsNeeded(CHALLENGE);

    private void write(Refusal refusal) {
        RefusalInRequest.write(refusal, request, response.response());
    }

    @Test
    void isWrittenWithStatusHeadersAndBody() {
        write(REFUSAL);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers())
                .isEqualTo(Map.of("WWW-Authenticate", "Bearer realm=\"a\"", "Cache-Control", "no-store"));
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"credentials are required\"}");
    }

    @Test
    void hasOneBodyHoweverOftenItIsWritten() {
        write(REFUSAL);
        String once = response.body();
        write(REFUSAL);

        assertThat(response.body()).isEqualTo(once);
    }

    @Test
    void hasNoBodyForAClientThatAcceptsOtherTypesOnly() {
        fakeRequest.header("Accept", "text/html", "image/png");
        write(REFUSAL);

        assertThat(response.body()).isEmpty();
        assertThat(response.status()).isEqualTo(401);
    }

    @Nested
    class LeftInTheRequest {

        private final AtomicInteger passed = new AtomicInteger();
        private final FilterChain chain = Fakes.of(FilterChain.class, Map.of("doFilter", arguments -> {
            passed.incrementAndGet();
            return null;
        }));

        @Test
        void isMissingWhereTheRequestGoesOnAndIsAtHand() throws Exception {
            new RefusalFilter().doFilter(request, response.response(), chain);

            assertThat(passed).hasValue(1);
            assertThat(RequestAtHand.of(request::getAttribute)).isSameAs(request);
            assertThat(RequestAtHand.of(name -> request)).isNull(); // of another application, say
            assertThat(RequestAtHand.of(name -> null)).isNull();
        }

        @Test
        void isFoundAgain() {
            assertThat(RefusalInRequest.leftIn(request)).isEmpty();

            RefusalInRequest.leave(REFUSAL, request);
            assertThat(RefusalInRequest.leftIn(request)).contains(REFUSAL);
        }

        @Test
        void endsTheRequestAtTheFilter() throws Exception {
            RefusalInRequest.leave(REFUSAL, request);

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
