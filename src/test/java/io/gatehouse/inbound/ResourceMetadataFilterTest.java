package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceMetadataFilterTest {

    private final FakeResponse response = new FakeResponse();
    private final AtomicInteger passed = new AtomicInteger();

    private void request(String method, ResourceMetadata metadata) throws Exception {
        HttpServletRequest request = Fakes.of(HttpServletRequest.class, Map.of("getMethod", nothing -> method));
        FilterChain chain = Fakes.of(FilterChain.class, Map.of("doFilter", arguments -> passed.incrementAndGet()));
        new ResourceMetadataFilter(() -> metadata).doFilter(request, response.response(), chain);
    }

    @ParameterizedTest
    @CsvSource({"GET, 200, {}", "HEAD, 200, {}", "POST, 405, ''", "OPTIONS, 405, ''"})
    void answersForWhatIsPublished(String method, int status, String body) throws Exception {
        request(method, ResourceMetadata.of("{}"));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(passed).hasValue(0);
    }

    @Test
    void leavesThePathToTheApplicationWhereNothingIsPublished() throws Exception {
        request("GET", ResourceMetadata.none());

        assertThat(passed).hasValue(1);
        assertThat(response.body()).isEmpty();
    }
}
