package io.gatehouse.http;

import static io.gatehouse.http.FakePeer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult.Ok;
import io.gatehouse.http.FetchResult.Refused;
import io.gatehouse.http.FetchResult.Unreachable;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one exchange leaves behind is nothing: no bytes for the next, no descriptor, no thread. */
@Timeout(120)
class OneConnectionPerExchangeTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final FormBody FORM = FormBody.empty().with("token", "t0ken");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final JsonHttpClient client = JsonHttpClient.create(
            HttpSettings.defaults().withTimeouts(LONG, LONG, LONG).withMaximumResponseSize(1000));

    @AfterEach
    void close() {
        client.close();
    }

    private static String bodyOf(FetchResult result) {
        assertThat(result).isInstanceOf(Ok.class);
        return new String(((Ok) result).body(), StandardCharsets.UTF_8);
    }

    @Test
    void isWhatRequestsAskForAndGet() throws IOException {
        try (FakePeer peer = FakePeer.running(request -> request.send(ok("{}", "Connection: keep-alive")))) {
            for (int i = 0; i < 50; i++) {
                bodyOf(client.get(peer.uri("/")));
            }
            assertThat(peer.connections()).isEqualTo(50);
            assertThat(peer.requests())
                    .extracting(FakePeer.Request::head)
                    .allMatch(head -> head.contains("\r\nConnection: close\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 300, 600, 1000, 2000, 5000})
    void hidesTheExtraAnswerThatComesMicrosecondsLater(long micros) throws IOException {
        try (FakePeer peer = FakePeer.running(request -> sendTwoAnswers(request, micros))) {
            for (int i = 0; i < 150; i++) {
                assertThat(bodyOf(client.get(peer.uri("/" + i)))).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void hidesTheExtraAnswerFromCallersAtTheSameTime() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (FakePeer peer = FakePeer.running(
                request -> sendTwoAnswers(request, request.path().hashCode() & 0xFFF))) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                URI uri = peer.uri("/" + i);
                calls.add(() -> bodyOf(client.post(uri, FORM, Map.of())));
            }
            List<Future<String>> answers = callers.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("/" + i);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void sendTwoAnswers(FakePeer.Request request, long microsBetween) throws IOException {
        request.send(ok(request.path()));
        LockSupport.parkNanos(microsBetween * 1000);
        request.send(ok("poison"));
    }

    @Test
    void hidesTheAnswerThatComesTooLate() throws IOException {
        try (JsonHttpClient hasty =
                        JsonHttpClient.create(HttpSettings.defaults().withTimeouts(LONG, LONG, SHORT));
                FakePeer peer = FakePeer.running(request -> {
                    if (request.path().equals("/slow")) {
                        LockSupport.parkNanos(SHORT.toNanos());
                        request.send(ok("late"));
                    }
                    request.send(ok(request.path()));
                })) {
            for (int i = 0; i < 30; i++) {
                hasty.get(peer.uri("/slow")); // late or just in time
                FetchResult next = hasty.get(peer.uri("/" + i));
                assertThat(next instanceof Unreachable || bodyOf(next).equals("/" + i))
                        .isTrue();
            }
        }
    }

    @Test
    void isNotRepeatedWhenThePeerHangsUp() throws IOException {
        try (FakePeer peer = FakePeer.running(FakePeer.Request::hangUp)) {
            for (int i = 1; i <= 20; i++) {
                assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.NO_ANSWER.result());
                assertThat(client.post(peer.uri("/"), FORM, Map.of())).isEqualTo(Fault.NO_ANSWER.result());
                assertThat(peer.requests()).hasSize(2 * i);
            }
        }
    }

    @Test
    void isFreeOfWhatTheJvmDoesElsewhere() throws IOException {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("somebody", "else".toCharArray());
            }
        });
        CookieHandler.setDefault(new CookieHandler() {
            @Override
            public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
                return Map.of("Cookie", List.of("session=1"));
            }

            @Override
            public void put(URI uri, Map<String, List<String>> headers) {}
        });
        String answer = ok("{\"error\":\"invalid_client\"}", "WWW-Authenticate: Basic realm=\"x\"");
        try (FakePeer peer = FakePeer.saying(answer.replace("200 OK", "401 Unauthorized"))) {
            assertThat(client.post(peer.uri("/"), FORM, Map.of()))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.body()).hasSize(26));
            assertThat(peer.requests()).hasSize(1);
            assertThat(peer.requests().get(0).head()).doesNotContainIgnoringCase("cookie", "authorization");
        } finally {
            Authenticator.setDefault(null);
            CookieHandler.setDefault(null);
        }
    }

    @Test
    void leavesNothingOpenWhateverThePeerSays() throws IOException {
        List<String> rubbish = List.of(
                "\0\1\2\3 garbage\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                ok("x".repeat(2000)));
        try (FakePeer peer = FakePeer.running(request -> {
            request.send(rubbish.get(Integer.parseInt(request.path().substring(1))));
            request.stall();
        })) {
            fetchEach(peer, rubbish.size(), 5); // so that what is loaded once is loaded
            long descriptors = descriptors();
            Set<Thread> threads = threads();

            fetchEach(peer, rubbish.size(), 50);

            eventually(() -> descriptors() <= descriptors);
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
            client.close();
            eventually(() -> threads.containsAll(threads()));
            assertThat(threads).containsAll(threads());
        }
    }

    private void fetchEach(FakePeer peer, int kinds, int times) {
        for (int i = 0; i < kinds * times; i++) {
            assertThat(client.get(peer.uri("/" + i % kinds))).isInstanceOf(Unreachable.class);
        }
    }

    private static long descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            System.out.println("descriptors are not counted: this system has no " + DESCRIPTORS);
            return 0;
        }
        try (var open = Files.list(DESCRIPTORS)) {
            return open.count();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Set<Thread> threads() {
        Set<Thread> running = new HashSet<>(Thread.getAllStackTraces().keySet());
        running.removeIf(thread -> thread.getName().equals("fake-peer"));
        return running;
    }

    /** Gives the other side time to notice; what has not come true by then shows in the assertion. */
    private static void eventually(BooleanSupplier condition) {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
