package io.gatehouse.http;

import static io.gatehouse.http.FakePeer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gatehouse.http.FetchResult.Ok;
import io.gatehouse.http.FetchResult.Refused;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what is made of the answer. */
@Timeout(60)
class JsonHttpClientTest extends JsonHttpClientFixture {

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
}
