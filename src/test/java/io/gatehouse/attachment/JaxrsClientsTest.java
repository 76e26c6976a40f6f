package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JaxrsClientsTest {

    private static final String ORIGIN = "https://orders.example.com";

    private final OutboundClient outbound = new OutboundClient(
            "orders",
            new FakeAuthorizer(),
            null,
            AuthorizedOrigins.of(List.of(ORIGIN), false),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    /** Nobody would close another one. */
    @Test
    void areMadeNoMoreWhenTheApplicationHasEnded() {
        JaxrsClients clients = new JaxrsClients();
        var used = clients.client(outbound);
        used.target(ORIGIN);
        clients.close();

        for (var client : List.of(used, clients.client(outbound))) {
            assertThatThrownBy(() -> client.target(ORIGIN))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("\"orders\" was closed");
        }
    }
}
