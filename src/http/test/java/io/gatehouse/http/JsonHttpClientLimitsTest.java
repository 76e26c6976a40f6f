package io.gatehouse.http;

import static io.gatehouse.http.FakePeer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult.Unreachable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is read of an answer, and how long it is waited for. */
@Timeout(60)
class JsonHttpClientLimitsTest extends JsonHttpClientFixture {

    @Nested
    class Sizes {

        @Test
        void upToTheLimitAreTaken() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("x".repeat(LIMIT)))) {
                assertThat(bodyOf(client.get(peer.uri("/")))).hasSize(LIMIT);
            }
        }

        @Test
        void oneByteBeyondTheLimitAreRefused() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("x".repeat(LIMIT + 1)))) {
                assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.BODY_TOO_LARGE.result());
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 302, 400, 500})
        void withoutEndCostNoMoreThanTheBuffers(int status) throws Exception {
            AtomicLong sent = new AtomicLong();
            String block = "x".repeat(8192);
            try (FakePeer peer = FakePeer.running(request -> {
                request.send("HTTP/1.1 " + status + " X\r\n\r\n");
                while (true) {
                    request.send(block);
                    sent.addAndGet(block.length());
                }
            })) {
                assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.BODY_TOO_LARGE.result());
                peer.connectionEnded.await();
                assertThat(sent).hasValueLessThan(20_000_000);
            }
        }

        @Test
        void ofEndlessChunksCostNoMoreThanTheBuffers() throws Exception {
            try (FakePeer peer = FakePeer.running(request -> {
                request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) {
                    request.send("400\r\n" + "x".repeat(1024) + "\r\n");
                }
            })) {
                assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.BODY_TOO_LARGE.result());
                peer.connectionEnded.await();
            }
        }

        @Test
        void ofEndlessHeadersAreRefused() throws Exception {
            AtomicLong sent = new AtomicLong();
            String header = "X: " + "x".repeat(4096) + "\r\n";
            try (FakePeer peer = FakePeer.running(request -> {
                request.send("HTTP/1.1 200 OK\r\n");
                while (true) {
                    request.send(header);
                    sent.addAndGet(header.length());
                }
            })) {
                assertThat(client.get(peer.uri("/"))).isInstanceOf(Unreachable.class);
                assertThat(sent).hasValueLessThan(20_000_000);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"gzip", "br", "deflate", "x-unknown", "identity, gzip", "GZIP"})
        void ofCompressedBodiesAreNobodysGuess(String encoding) throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("xxxx", "Content-Encoding: " + encoding))) {
                assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.BODY_COMPRESSED.result());
            }
        }
    }

    @Nested
    class Time {

        private final JsonHttpClient hasty = JsonHttpClient.create(
                HttpSettings.defaults().withTimeouts(LONG, LONG, SHORT).withMaximumResponseSize(LIMIT));

        @AfterEach
        void close() {
            hasty.close();
        }

        @Test
        void isUpWhenTheHeadDoesNotCome() throws Exception {
            try (FakePeer peer = FakePeer.running(FakePeer.Request::stall);
                    JsonHttpClient impatient =
                            JsonHttpClient.create(HttpSettings.defaults().withTimeouts(LONG, SHORT, LONG))) {
                assertThat(impatient.get(peer.uri("/"))).isEqualTo(Fault.READ_TIMEOUT.result());
                peer.connectionEnded.await();
            }
        }

        @Test
        void isUpInTotalWhenNothingComes() throws Exception {
            runsOutAndEndsTheConnection(FakePeer.Request::stall);
        }

        @Test
        void isUpInTotalWhenTheHeadTrickles() throws Exception {
            runsOutAndEndsTheConnection(
                    request -> request.trickle("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"));
        }

        @Test
        void isUpInTotalWhenTheBodyTrickles() throws Exception {
            runsOutAndEndsTheConnection(request -> {
                request.send("HTTP/1.1 200 OK\r\n\r\n");
                request.trickle(" ".repeat(100_000));
            });
        }

        @Test
        void isUpInTotalWhenTheBodyStalls() throws Exception {
            runsOutAndEndsTheConnection(request -> {
                request.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                request.stall();
            });
        }

        @Test
        void isUpInTotalWhenTheEndOfTheBodyStalls() throws Exception {
            runsOutAndEndsTheConnection(request -> {
                request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
                request.stall();
            });
        }

        private void runsOutAndEndsTheConnection(FakePeer.Script script) throws Exception {
            try (FakePeer peer = FakePeer.running(script)) {
                assertThat(hasty.post(peer.uri("/"), FORM, Map.of())).isEqualTo(Fault.TOTAL_TIMEOUT.result());
                peer.connectionEnded.await();
                assertThat(peer.requests()).hasSize(1);
            }
        }

        @Test
        void lostOnOneExchangeIsNotLostOnTheNext() throws IOException {
            try (FakePeer peer = FakePeer.running(request -> {
                if (request.path().equals("/slow")) {
                    request.stall();
                }
                request.send(ok(request.path()));
            })) {
                assertThat(hasty.get(peer.uri("/slow"))).isEqualTo(Fault.TOTAL_TIMEOUT.result());
                assertThat(bodyOf(client.get(peer.uri("/good")))).isEqualTo("/good");
            }
        }

        @Test
        void lostByOneCallerIsNotLostByAnother() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            try (FakePeer peer = FakePeer.running(request -> {
                if (request.path().equals("/slow")) {
                    release.await();
                }
                request.send(ok(request.path()));
            })) {
                Future<FetchResult> slow = inBackground(() -> client.get(peer.uri("/slow")));
                peer.requestSeen.await();

                assertThat(bodyOf(client.get(peer.uri("/fast")))).isEqualTo("/fast");

                release.countDown();
                assertThat(bodyOf(slow.get())).isEqualTo("/slow");
            }
        }
    }
}
