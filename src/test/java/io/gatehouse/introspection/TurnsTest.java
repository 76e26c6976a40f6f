package io.gatehouse.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller who gave up waiting must not take a turn with him. */
@Timeout(30)
class TurnsTest {

    private static final AccessToken TOKEN = AccessToken.of("token");

    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final TokenIntrospector introspector = ScriptedEndpoint.introspector(
            ScriptedEndpoint.settings(
                    CacheSettings.defaults(), new Limits(1, Duration.ofSeconds(2), 1000, Duration.ofSeconds(1))),
            (form, headers, wanted) -> answer(),
            Clock.systemUTC());

    private FetchResult answer() {
        asked.countDown();
        try {
            stalled.await();
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
        byte[] inactive = "{\"active\":false}".getBytes(StandardCharsets.UTF_8);
        return new FetchResult.Ok(inactive, "application/json", null);
    }

    @Test
    void areAllThereAgainAfterSomeWaitedInVain() throws InterruptedException {
        CompletableFuture<IntrospectionResponse> holder =
                CompletableFuture.supplyAsync(() -> introspector.introspect(TOKEN));
        asked.await();
        assertThat(introspector.introspect(TOKEN)).isInstanceOf(IntrospectionResponse.NotAsked.class);
        assertThat(introspector.introspect(TOKEN)).isInstanceOf(IntrospectionResponse.NotAsked.class);

        stalled.countDown();

        assertThat(holder.join()).isInstanceOf(IntrospectionResponse.Inactive.class);
        assertThat(introspector.introspect(TOKEN)).isInstanceOf(IntrospectionResponse.Inactive.class);
    }
}
