package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult.Ok;
import io.gatehouse.http.FetchResult.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;

/** A client and a peer that answers as it is told, byte by byte. */
abstract class JsonHttpClientFixture {

    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(400);
    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    static final int LIMIT = 1000;
    static final FormBody FORM = FormBody.empty().with("token", "t0ken");

    final HttpSettings patient =
            HttpSettings.defaults().withTimeouts(LONG, LONG, LONG).withMaximumResponseSize(LIMIT);

    final JsonHttpClient client = JsonHttpClient.create(patient, Clock.fixed(NOON, ZoneOffset.UTC));

    @AfterEach
    void close() {
        client.close();
    }

    static Refused refused(FetchResult result) {
        assertThat(result).isInstanceOf(Refused.class);
        return (Refused) result;
    }

    static String bodyOf(FetchResult result) {
        assertThat(result).isInstanceOf(Ok.class);
        return new String(((Ok) result).body(), StandardCharsets.UTF_8);
    }

    static Future<FetchResult> inBackground(Callable<FetchResult> call) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(call);
        } finally {
            thread.shutdown();
        }
    }
}
