package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.FilterChain;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClosedFilterTest {

    /** The fake that stands for the rest of the application fails when it is asked. */
    @Test
    void letsNobodyPass() {
        FakeRequest request = new FakeRequest().asking("GET", "", "/index.html");
        FakeResponse response = new FakeResponse();

        new ClosedFilter().doFilter(request.request(), response.response(), Fakes.of(FilterChain.class, Map.of()));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("Retry-After", "60");
    }
}
