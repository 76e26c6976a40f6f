package io.gatehouse.introspection;

import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.token.AccessToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** An introspection endpoint that answers as it is told, and who asks it. */
abstract class TokenIntrospectorFixture {

    static final AccessToken TOKEN = AccessToken.of("s3cret-t0ken");
    static final Duration FOREVER = Duration.ofHours(1);
    static final Duration A_WHILE = Duration.ofSeconds(2);
    static final Limits PATIENT = new Limits(64, A_WHILE, 1_000_000, FOREVER);

    final MutableClock clock = new MutableClock();
    final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    final CapturedLog log = new CapturedLog(TokenIntrospector.class);

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    TokenIntrospector introspector(Limits limits) {
        return ScriptedEndpoint.introspector(
                ScriptedEndpoint.settings(CacheSettings.defaults(), limits), endpoint, clock);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
