package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundThreadsTest {

    @Test
    void serveAnIssuerWhileAHundredOthersAreSilent() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(1);
        try (BackgroundThreads threads = new BackgroundThreads("gatehouse-test")) {
            for (int issuer = 0; issuer < 100; issuer++) {
                threads.executor().execute(() -> {
                    try {
                        silence.await();
                    } catch (InterruptedException ending) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            threads.executor().execute(served::countDown);

            assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            silence.countDown();
        }
    }
}
