package io.gatehouse.http;

import static io.gatehouse.http.FakePeer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gatehouse.http.FetchResult.Ok;
import io.gatehouse.http.FetchResult.Refused;
import io.gatehouse.http.FetchResult.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonHttpClientTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final int LIMIT = 1000;
    private static final FormBody FORM = FormBody.empty().with("token", "t0ken");

    private final HttpSettings patient =
            HttpSettings.defaults().withTimeouts(LONG, LONG, LONG).withMaximumResponseSize(LIMIT);
    private final JsonHttpClient client = JsonHttpClient.create(patient, Clock.fixed(NOON, ZoneOffset.UTC));

    @AfterEach
    void close() {
        client.close();
    }

    private static Refused refused(FetchResult result) {
        assertThat(result).isInstanceOf(Refused.class);
        return (Refused) result;
    }

    private static String bodyOf(FetchResult result) {
        assertThat(result).isInstanceOf(Ok.class);
        return new String(((Ok) result).body(), StandardCharsets.UTF_8);
    }

    @Nested
    class WhoeverObserves {

        private String headSentWith(Map<String, String> further, Map<String, String> own) throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                JsonHttpClient observed = client.observedBy(exchange -> exchange.apply(further));

                assertThat(bodyOf(observed.get(peer.uri("/keys"), own))).isEqualTo("{}");
                return peer.requests().get(0).head();
            }
        }

        @Test
        void mayHaveHeadersSentAlong() throws IOException {
            assertThat(headSentWith(Map.of("traceparent", "00-1-2-01"), Map.of("Authorization", "Bearer t")))
                    .contains("\r\ntraceparent: 00-1-2-01\r\n", "\r\nAuthorization: Bearer t\r\n");
        }

        @Test
        void takesNoHeaderFromWhoeverMakesTheRequest() throws IOException {
            assertThat(headSentWith(Map.of("authorization", "other"), Map.of("Authorization", "Bearer t")))
                    .contains(": Bearer t\r\n")
                    .doesNotContain("other");
        }

        /** It would keep the request from being sent. */
        @ParameterizedTest
        @CsvSource({"Host,evil.example", "a b,c", "Transfer-Encoding,chunked", "tracestate,'a\r\nX: b'"})
        void isNotHeededWhereNoRequestCanCarryTheHeader(String name, String value) throws IOException {
            assertThat(headSentWith(Map.of(name, value), Map.of())).doesNotContain("evil", "chunked", "X: b", "a b");
        }
    }

    @Nested
    class JsonThatIsPosted {

        private static final JsonBody QUESTION = JsonBody.of("{\"id\":\"S\u00f8ren\"}");

        @Test
        void goesOutAsUtf8UnderItsType() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{\"decision\":true}"))) {
                FetchResult result =
                        client.post(peer.uri("/access"), QUESTION, Map.of("Authorization", "Bearer t"), () -> true);

                assertThat(bodyOf(result)).isEqualTo("{\"decision\":true}");
                assertThat(peer.requests().get(0).head())
                        .startsWith("POST /access HTTP/1.1\r\n")
                        .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                        .containsIgnoringCase("\r\nContent-Length: 15\r\n")
                        .contains("\r\nAuthorization: Bearer t\r\n");
                assertThat(peer.requests().get(0).body()).isEqualTo("{\"id\":\"S\u00c3\u00b8ren\"}");
            }
        }

        @Test
        void isBoundByTheRulesOfEveryOtherExchange() throws IOException {
            try (FakePeer peer = FakePeer.saying(
                    "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) {
                assertThat(refused(client.post(peer.uri("/"), QUESTION, Map.of(), () -> true))
                                .status())
                        .isEqualTo(307);
            }
            assertThat(client.post(URI.create("http://pdp.example/"), QUESTION, Map.of(), () -> true))
                    .isEqualTo(Fault.SCHEME_REFUSED.result());
        }

        @Test
        void isNotShown() {
            assertThat(QUESTION).hasToString("JsonBody[14 characters]");
            assertThat(RequestBody.of(QUESTION)).hasToString("RequestBody[15 bytes of json]");
        }
    }

    @Nested
    class Answers {

        @Test
        void ofStatus200AreHandedOver() throws IOException {
            try (FakePeer peer = FakePeer.saying(
                    ok("{\"a\":1}", "Content-Type: application/json;charset=utf-8", "Cache-Control: max-age=60"))) {
                FetchResult result = client.get(peer.uri("/jwks?x=1"));

                assertThat(bodyOf(result)).isEqualTo("{\"a\":1}");
                assertThat(result)
                        .asInstanceOf(type(Ok.class))
                        .returns("application/json;charset=utf-8", Ok::contentType)
                        .returns(Duration.ofSeconds(60), Ok::maxAge);
            }
        }

        @Test
        void withoutHeadersHaveAnEmptyTypeAndNoAge() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                assertThat(client.get(peer.uri("/")))
                        .asInstanceOf(type(Ok.class))
                        .returns("", Ok::contentType)
                        .returns(null, Ok::maxAge);
            }
        }

        @Test
        void withHeadersThatMakeNoSenseAreHandedOverAllTheSame() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok(
                    "{}",
                    "Content-Type: ///;;",
                    "Cache-Control: Cache-Control: public, max-age=3600",
                    "Date: never"))) {
                assertThat(client.get(peer.uri("/")))
                        .asInstanceOf(type(Ok.class))
                        .returns("///;;", Ok::contentType)
                        .returns(Duration.ofHours(1), Ok::maxAge);
            }
        }

        @Test
        void mayBeEmpty() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok(""))) {
                assertThat(bodyOf(client.get(peer.uri("/")))).isEmpty();
            }
        }

        @Test
        void mayComeInChunks() throws IOException {
            try (FakePeer peer = FakePeer.saying(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n5\r\na\":1}\r\n0\r\n\r\n")) {
                assertThat(bodyOf(client.get(peer.uri("/")))).isEqualTo("{\"a\":1}");
            }
        }

        @Test
        void mayEndWithTheConnection() throws IOException {
            try (FakePeer peer = FakePeer.running(request -> {
                request.send("HTTP/1.1 200 OK\r\n\r\n{}");
                request.hangUp();
            })) {
                assertThat(bodyOf(client.get(peer.uri("/")))).isEqualTo("{}");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 202, 204, 206, 304, 400, 401, 403, 404, 405, 407, 429, 500, 502, 503, 599})
        void ofAnyOtherStatusAreRefusals(int status) throws IOException {
            try (FakePeer peer = FakePeer.saying("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n")) {
                assertThat(refused(client.get(peer.uri("/"))).status()).isEqualTo(status);
                assertThat(refused(client.post(peer.uri("/"), FORM, Map.of())).status())
                        .isEqualTo(status);
                assertThat(peer.requests()).hasSize(2);
            }
        }

        @Test
        void ofRefusalSayWhyAndWhenToComeBack() throws IOException {
            String body = "{\"error\":\"invalid_client\"}";
            try (FakePeer peer = FakePeer.saying(
                    ok(body, "Content-Type: application/json", "Retry-After: Mon, 05 Jan 2026 12:00:30 GMT")
                            .replace("200 OK", "401 Unauthorized"))) {
                Refused result = refused(client.get(peer.uri("/")));

                assertThat(new String(result.body(), StandardCharsets.UTF_8)).isEqualTo(body);
                assertThat(result.contentType()).isEqualTo("application/json");
                assertThat(result.retryAfter()).isEqualTo(Duration.ofSeconds(30));
            }
        }
    }

    @Nested
    class Requests {

        @Test
        void askForPlainJson() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                client.get(peer.uri("/jwks?x=%20y"));

                assertThat(peer.requests().get(0).head())
                        .startsWith("GET /jwks?x=%20y HTTP/1.1\r\n")
                        .contains("\r\nAccept: application/json\r\n")
                        .doesNotContainIgnoringCase("accept-encoding", "cookie", "authorization", "upgrade");
            }
        }

        @Test
        void askForWhatTheHeadersSay() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                client.get(peer.uri("/"), Map.of("accept", "application/jwt", "Authorization", "Basic eA=="));

                assertThat(peer.requests().get(0).head())
                        .containsIgnoringCase("\r\naccept: application/jwt\r\n")
                        .contains("\r\nAuthorization: Basic eA==\r\n")
                        .doesNotContain("application/json");
            }
        }

        @Test
        void postFormsWithTheirLength() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                FormBody form =
                        FormBody.empty().with("a b", "& = + % é \r\n \"").with("c", "");
                client.post(peer.uri("/introspect"), form, Map.of("X-Test", "yes"));

                FakePeer.Request request = peer.requests().get(0);
                assertThat(request.body()).isEqualTo("a+b=%26+%3D+%2B+%25+%C3%A9+%0D%0A+%22&c=");
                assertThat(request.head())
                        .startsWith("POST /introspect HTTP/1.1\r\n")
                        .contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n")
                        .contains("\r\nContent-Length: " + request.body().length() + "\r\n")
                        .contains("\r\nX-Test: yes\r\n")
                        .doesNotContainIgnoringCase("transfer-encoding");
            }
        }

        @Test
        void takeNoCookiesAlong() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}", "Set-Cookie: session=1; Path=/"))) {
                client.get(peer.uri("/"));
                client.get(peer.uri("/"));

                assertThat(peer.requests().get(1).head()).doesNotContainIgnoringCase("cookie");
            }
        }

        @ParameterizedTest
        @CsvSource({"Authorization, 'a\r\nX-Injected: 1'", "'X: 1\r\nY', a", "Host, elsewhere.example"})
        void withHeadersOutOfBoundsAreNotSent(String name, String value) throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                assertThat(client.get(peer.uri("/"), Map.of(name, value)))
                        .isEqualTo(Fault.REQUEST_NOT_SENDABLE.result());
                assertThat(peer.connections()).isZero();
            }
        }
    }

    @Nested
    class Redirects {

        @ParameterizedTest
        @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
        void areNeverFollowed(int status) throws IOException {
            try (FakePeer canary = FakePeer.saying(ok("{}"));
                    FakePeer peer = FakePeer.saying("HTTP/1.1 " + status + " Moved\r\nLocation: " + canary.uri("/")
                            + "\r\nContent-Length: 0\r\n\r\n")) {
                assertThat(refused(client.get(peer.uri("/"))).status()).isEqualTo(status);
                assertThat(refused(client.post(peer.uri("/"), FORM, Map.of())).status())
                        .isEqualTo(status);
                assertThat(canary.connections()).isZero();
            }
        }

        @Test
        void areNotFollowedOnTheSameHostEither() throws IOException {
            try (FakePeer peer =
                    FakePeer.saying("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")) {
                assertThat(refused(client.get(peer.uri("/"))).status()).isEqualTo(302);
                assertThat(peer.requests()).hasSize(1);
            }
        }
    }

    @Nested
    class Targets {

        /** The address is loopback, written so that only a look-up could tell. */
        private static final String LOOPBACK_IN_DISGUISE = "[::ffff:127.0.0.1]";

        @Test
        void offThisHostGetNoPlainHttp() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                assertThat(client.get(peer.uri(LOOPBACK_IN_DISGUISE, "/"))).isEqualTo(Fault.SCHEME_REFUSED.result());
                assertThat(peer.connections()).isZero();
            }
        }

        @Test
        void offThisHostGetPlainHttpWhereAllowed() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"));
                    JsonHttpClient lax = JsonHttpClient.create(patient.withPlainHttpAllowed())) {
                assertThat(bodyOf(lax.get(peer.uri(LOOPBACK_IN_DISGUISE, "/")))).isEqualTo("{}");
            }
        }

        @Test
        void thatListenNowhereAreUnreachable() throws IOException {
            int port;
            try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = gone.getLocalPort();
            }
            assertThat(client.get(URI.create("http://127.0.0.1:" + port + "/")))
                    .isEqualTo(Fault.CONNECT_FAILED.result());
        }

        @Test
        void thatNoNameServerKnowsAreUnreachable() {
            assertThat(client.get(URI.create("https://nowhere.invalid/"))).isEqualTo(Fault.UNKNOWN_HOST.result());
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://127.0.0.1:0/", "http://127.0.0.1:99999/"})
        void withImpossiblePortsAreUnreachable(String uri) {
            assertThat(client.get(URI.create(uri))).isInstanceOf(Unreachable.class);
        }
    }

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

    @Nested
    class Faults {

        @Test
        void ofResetConnection() throws IOException {
            gives(Fault.NO_ANSWER, FakePeer.Request::reset);
        }

        @Test
        void ofConnectionThatEndsWithoutAnswer() throws IOException {
            gives(Fault.NO_ANSWER, FakePeer.Request::hangUp);
        }

        @Test
        void ofHeadBrokenOff() throws IOException {
            gives(Fault.NO_ANSWER, request -> {
                request.send("HTTP/1.1 200 OK\r\nContent-Le");
                request.hangUp();
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\0\1\2\3 garbage\r\n\r\n",
                    "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                    "<html>no HTTP</html>\r\n\r\n",
                    "HTTP/1.1 abc OK\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}"
                })
        void ofGarbage(String garbage) throws IOException {
            try (FakePeer peer = FakePeer.running(request -> {
                request.send(garbage);
                request.hangUp();
            })) {
                assertThat(client.post(peer.uri("/"), FORM, Map.of())).isInstanceOf(Unreachable.class);
            }
        }

        @Test
        void ofBodyShorterThanItsLength() throws IOException {
            gives(Fault.NO_ANSWER, request -> {
                request.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}");
                request.hangUp();
            });
        }

        @Test
        void ofResetWithinTheBody() throws IOException {
            gives(Fault.NO_ANSWER, request -> {
                request.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}");
                request.reset();
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"2\r\n{}", "2\r\n{}\r\n", "7fffffff\r\n{}"})
        void ofBadChunks(String chunks) throws IOException {
            gives(Fault.NO_ANSWER, request -> {
                request.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
                request.hangUp();
            });
        }

        @Test
        void ofThousandInterimAnswers() throws IOException {
            gives(Fault.NO_ANSWER, request -> {
                request.send("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000));
                request.send(ok("{}"));
            });
        }

        /** A POST that may have been understood is not repeated: the peer counts. */
        private void gives(Fault fault, FakePeer.Script script) throws IOException {
            try (FakePeer peer = FakePeer.running(script)) {
                assertThat(client.post(peer.uri("/"), FORM, Map.of())).isEqualTo(fault.result());
                assertThat(peer.requests()).hasSize(1);
            }
        }

        @Test
        void ofAnExtraAnswerDoNotReachTheNextRequest() throws IOException {
            try (FakePeer peer = FakePeer.running(request -> request.send(ok(request.path()) + ok("poison")))) {
                for (int i = 0; i < 20; i++) {
                    assertThat(bodyOf(client.get(peer.uri("/" + i)))).isEqualTo("/" + i);
                }
            }
        }

        @Test
        void ofBodyLongerThanItsLengthDoNotReachTheNextRequest() throws IOException {
            try (FakePeer peer = FakePeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + ok("poison"))) {
                assertThat(bodyOf(client.get(peer.uri("/")))).isEqualTo("{}");
                assertThat(bodyOf(client.get(peer.uri("/")))).isEqualTo("{}");
            }
        }
    }

    @Nested
    class Secrets {

        private static final String SECRET = "s3cret";

        @Test
        void areInNoProblem() throws IOException {
            List<FakePeer.Script> faults = List.of(
                    FakePeer.Request::reset,
                    request -> request.send("HTTP/1.1 " + SECRET + "\r\n\r\n"),
                    request -> request.send(ok(SECRET, "Content-Encoding: " + SECRET)),
                    request -> request.send(ok(SECRET.repeat(LIMIT))));
            for (FakePeer.Script fault : faults) {
                try (FakePeer peer = FakePeer.running(fault)) {
                    assertThat(fetchWithSecrets(peer)).asString().doesNotContain(SECRET);
                }
            }
            assertThat(client.get(URI.create("http://" + SECRET + ".invalid/" + SECRET)))
                    .asString()
                    .doesNotContain(SECRET);
            assertThat(client.get(URI.create("https://" + SECRET + ":" + SECRET + "@localhost/")))
                    .asString()
                    .doesNotContain(SECRET);
            assertThat(client.get(URI.create("https://localhost/"), Map.of("Authorization", SECRET + "\n")))
                    .asString()
                    .doesNotContain(SECRET);
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 400})
        void ofBodiesAreInNoText(int status) throws IOException {
            try (FakePeer peer = FakePeer.saying(ok(SECRET).replace("200", "" + status))) {
                assertThat(fetchWithSecrets(peer))
                        .asString()
                        .contains("6 bytes")
                        .doesNotContain(SECRET);
            }
        }

        private FetchResult fetchWithSecrets(FakePeer peer) {
            FormBody form = FormBody.empty().with("client_secret", SECRET);
            return client.post(peer.uri("/?code=" + SECRET), form, Map.of("Authorization", "Bearer " + SECRET));
        }
    }

    @Nested
    class Concurrency {

        @Test
        void givesEveryCallerItsOwnAnswer() throws Exception {
            ExecutorService callers = Executors.newFixedThreadPool(32);
            try (FakePeer peer = FakePeer.running(request -> request.send(ok(request.path() + request.body())))) {
                List<Callable<Void>> calls = new ArrayList<>();
                for (int i = 0; i < 640; i++) {
                    String path = "/" + i;
                    calls.add(() -> {
                        FetchResult result =
                                client.post(peer.uri(path), FormBody.empty().with("p", path), Map.of());
                        assertThat(bodyOf(result)).isEqualTo(path + "p=%2F" + path.substring(1));
                        return null;
                    });
                }
                for (Future<Void> call : callers.invokeAll(calls)) {
                    call.get();
                }
            } finally {
                callers.shutdownNow();
            }
        }
    }

    @Nested
    class LifeOfTheClient {

        @Test
        void beginsWithoutThreads() {
            List<Thread> before = threads();
            JsonHttpClient.create(HttpSettings.defaults()).close();

            assertThat(before).containsAll(threads());
        }

        @Test
        void isQuiet() throws Exception {
            List<LogRecord> records = new CopyOnWriteArrayList<>();
            Handler handler = recording(records);
            Logger.getLogger("").addHandler(handler);
            try (FakePeer peer = FakePeer.saying(ok("{}"));
                    JsonHttpClient fresh = JsonHttpClient.create(patient)) {
                fresh.get(peer.uri("/"));
                fresh.post(peer.uri("/"), FORM, Map.of());
            } finally {
                Logger.getLogger("").removeHandler(handler);
            }
            assertThat(records).extracting(LogRecord::getMessage).isEmpty();
        }

        @Test
        void endsWithItsExchanges() throws Exception {
            try (FakePeer peer = FakePeer.running(FakePeer.Request::stall)) {
                Future<FetchResult> running = inBackground(() -> client.get(peer.uri("/")));
                peer.requestSeen.await();
                client.close();

                assertThat(running.get()).isEqualTo(Fault.CLOSED.result());
                peer.connectionEnded.await();
                for (Thread worker : threads()) {
                    worker.join();
                }
            }
        }

        @Test
        void isFollowedByRefusals() throws IOException {
            try (FakePeer peer = FakePeer.saying(ok("{}"))) {
                client.close();
                client.close();

                assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.CLOSED.result());
                assertThat(peer.connections()).isZero();
            }
        }

        private static List<Thread> threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("gatehouse-http-"))
                    .toList();
        }

        private static Handler recording(List<LogRecord> records) {
            return new Handler() {
                @Override
                public void publish(LogRecord record) {
                    records.add(record);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
        }
    }

    private static Future<FetchResult> inBackground(Callable<FetchResult> call) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(call);
        } finally {
            thread.shutdown();
        }
    }
}
