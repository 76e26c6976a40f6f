package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedJwkSetTest {

    private static final PublishedJwkSet PUBLISHED =
            PublishedJwkSet.at("/api/jwks", () -> List.of(Map.of("kty", "OKP", "kid", "a")), Duration.ofMinutes(5));

    private final FakeResponse response = new FakeResponse();
    private final AtomicInteger passedOn = new AtomicInteger();

    private void ask(PublishedJwkSet published, String method, String servletPath, String pathInfo)
            throws IOException, ServletException {
        FilterChain chain = Fakes.of(FilterChain.class, Map.of("doFilter", arguments -> passedOn.incrementAndGet()));
        FakeRequest request = new FakeRequest().asking(method, servletPath, pathInfo);
        new JwkSetFilter(() -> published).doFilter(request.request(), response.response(), chain);
    }

    @Test
    void isForEverybodyAndForAWhile() throws IOException, ServletException {
        ask(PUBLISHED, "GET", "/api", "/jwks");

        assertThat(passedOn).hasValue(0);
        assertThat(response.status()).isEqualTo(200);
        assertThat(TestJson.parse(response.body()))
                .isEqualTo(Map.of("keys", List.of(Map.of("kty", "OKP", "kid", "a"))));
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "public, max-age=300")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Access-Control-Allow-Origin", "*");
    }

    @Test
    void hasNoBodyForThoseWhoAskForTheHeadOnly() throws IOException, ServletException {
        ask(PUBLISHED, "HEAD", "/api", "/jwks");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST,/api,/jwks", "GET,/api,/jwks/", "GET,/api,/other", "GET,/,/jwks"})
    void leavesOtherRequestsToTheApplication(String method, String servletPath, String pathInfo)
            throws IOException, ServletException {
        ask(PUBLISHED, method, servletPath, pathInfo);

        assertThat(passedOn).hasValue(1);
    }

    @Test
    void isNowhereUnlessConfigured() throws IOException, ServletException {
        ask(PublishedJwkSet.nowhere(), "GET", "/api", "/jwks");

        assertThat(passedOn).hasValue(1);
    }
}
