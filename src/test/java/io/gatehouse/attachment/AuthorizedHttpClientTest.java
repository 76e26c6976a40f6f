package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.outbound.TokenException;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.RecordingServer.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AuthorizedHttpClientTest {

    @TempDir
    static Path folder;

    private final FakeAuthorizer authorizer = new FakeAuthorizer();
    private final RecordingServer server = new RecordingServer(request -> new Answer(200, "text/plain", "fine"));
    private final RecordingServer stranger = new RecordingServer(request -> new Answer(200, "text/plain", "aha"));
    private final HttpClient client = AuthorizedHttpClient.of(
            HttpClient.newHttpClient(),
            authorizer,
            AuthorizedOrigins.of(List.of(server.uri("").toString()), false));

    @AfterEach
    void close() {
        server.close();
        stranger.close();
    }

    private static HttpRequest.Builder to(URI uri) {
        return HttpRequest.newBuilder(uri);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static List<String> headers(RecordingServer server) {
        return server.requests().stream()
                .map(request -> String.valueOf(request.header("Authorization")))
                .toList();
    }

    private void refuseTheFirst() {
        server.answerWith(request -> "Bearer token-1".equals(request.header("Authorization"))
                ? new Answer(401, "text/plain", "no")
                : new Answer(200, "text/plain", "echo " + request.body()));
    }

    @Test
    void sendsTheHeaderToItsOriginOnly() throws Exception {
        assertThat(send(to(server.uri("/"))).body()).isEqualTo("fine");
        assertThat(send(to(stranger.uri("/"))).body()).isEqualTo("aha");

        assertThat(headers(server)).containsExactly("Bearer token-1");
        assertThat(headers(stranger)).containsExactly("null");
    }

    @Test
    void leavesTheHeaderOfTheApplicationAlone() throws Exception {
        server.answerWith(request -> new Answer(401, "text/plain", "no"));

        send(to(server.uri("/")).header("authorization", "Basic eDp5"));

        assertThat(headers(server)).containsExactly("Basic eDp5");
        assertThat(authorizer.refused()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
    void isNotMadeOfAClientThatFollowsRedirects(Redirect redirects) {
        HttpClient following =
                HttpClient.newBuilder().followRedirects(redirects).build();

        assertThatThrownBy(() -> AuthorizedHttpClient.of(following, authorizer, AuthorizedOrigins.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Redirect.NEVER");
    }

    @Test
    void leavesRedirectsToTheCaller() throws Exception {
        server.answerWith(request -> new Answer(307, "text/plain", "there"));
        server.redirectTo(stranger.uri("/theft"));

        assertThat(send(to(server.uri("/"))).statusCode()).isEqualTo(307);
        assertThat(stranger.requests()).isEmpty();
    }

    @Test
    void asksOnceMoreAfterA401() throws Exception {
        refuseTheFirst();

        HttpResponse<String> response =
                send(to(server.uri("/orders?a=b")).header("X-Correlator", "42").PUT(BodyPublishers.ofString("book")));

        assertThat(response.body()).isEqualTo("echo book");
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(server.requests()).extracting(Request::method).containsExactly("PUT", "PUT");
        assertThat(server.requests()).extracting(Request::target).containsOnly("/orders?a=b");
        assertThat(server.requests())
                .extracting(request -> request.header("X-correlator"))
                .containsOnly("42");
    }

    @Test
    void asksOnceMoreWhereNobodyWaits() throws Exception {
        refuseTheFirst();

        HttpResponse<InputStream> response = client.sendAsync(
                        to(server.uri("/"))
                                .POST(BodyPublishers.ofByteArray(new byte[] {65}))
                                .build(),
                        BodyHandlers.ofInputStream())
                .get(30, TimeUnit.SECONDS);

        assertThat(response.body()).hasContent("echo A");
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void leavesTheSecond401ToTheCaller() throws Exception {
        server.answerWith(request -> new Answer(401, "text/plain", "no"));

        assertThat(send(to(server.uri("/"))).statusCode()).isEqualTo(401);
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-2");

        client.sendAsync(to(server.uri("/")).build(), BodyHandlers.discarding()).get(30, TimeUnit.SECONDS);
        assertThat(headers(server)).hasSize(4);
    }

    static Stream<Arguments> bodies() throws Exception {
        Path file = Files.writeString(folder.resolve("book"), "book");
        return Stream.of(
                Arguments.of("noBody", BodyPublishers.noBody(), true),
                Arguments.of("ofString", BodyPublishers.ofString("book"), true),
                Arguments.of("an empty ofString", BodyPublishers.ofString(""), true),
                Arguments.of("ofByteArray", BodyPublishers.ofByteArray(new byte[] {65, 66}, 1, 1), true),
                Arguments.of("ofFile", BodyPublishers.ofFile(file), true),
                Arguments.of("ofByteArrays", BodyPublishers.ofByteArrays(List.of(new byte[] {65})), false),
                Arguments.of(
                        "concat",
                        BodyPublishers.concat(BodyPublishers.ofString("a"), BodyPublishers.ofString("b")),
                        false),
                Arguments.of(
                        "fromPublisher",
                        BodyPublishers.fromPublisher(onlyOnce(BodyPublishers.ofString("book")), 4),
                        false),
                Arguments.of("own", onlyOnce(BodyPublishers.ofString("book")), false));
    }

    /** With a length, and good for one subscriber. */
    private static BodyPublisher onlyOnce(BodyPublisher body) {
        AtomicBoolean used = new AtomicBoolean();
        return new BodyPublisher() {
            @Override
            public long contentLength() {
                return body.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                if (used.getAndSet(true)) {
                    throw new IllegalStateException("used up");
                }
                body.subscribe(subscriber);
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void asksOnceMoreWithABodyThatCanBeSentTwice(String name, BodyPublisher body, boolean repeatable) throws Exception {
        refuseTheFirst();

        int status = send(to(server.uri("/")).POST(body)).statusCode();

        assertThat(status).isEqualTo(repeatable ? 200 : 401);
        assertThat(server.requests())
                .hasSize(repeatable ? 2 : 1)
                .extracting(Request::body)
                .containsOnly(server.requests().get(0).body());
    }

    /** Answers as long as these, and the statuses that the application's handler sees of them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 100_000, 1_000_000})
    void showsTheApplicationOneAnswer(int length) throws Exception {
        String no = "n".repeat(length);
        server.answerWith(request -> "Bearer token-1".equals(request.header("Authorization"))
                ? new Answer(401, "text/plain", no)
                : new Answer(200, "text/plain", "fine"));
        List<Integer> seen = new CopyOnWriteArrayList<>();
        BodyHandler<String> handler = info -> {
            seen.add(info.statusCode());
            return BodyHandlers.ofString().apply(info);
        };
        HttpRequest request = to(server.uri("/")).build();

        assertThat(client.send(request, handler).body()).isEqualTo("fine");
        assertThat(seen).containsExactly(200);

        server.answerWith(always -> new Answer(401, "text/plain", no));
        authorizer.neverRenews();
        HttpResponse<String> refusal = client.send(request, handler);
        assertThat(refusal.body()).isEqualTo(no);
        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(refusal.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(client.sendAsync(request, handler).get(30, TimeUnit.SECONDS).body())
                .isEqualTo(no);
        assertThat(seen).containsExactly(200, 401, 401);
    }

    @Test
    void showsTheApplicationOneAnswerWhereNobodyWaits() throws Exception {
        refuseTheFirst();
        List<String> lines = new CopyOnWriteArrayList<>();

        client.sendAsync(to(server.uri("/")).build(), BodyHandlers.ofByteArrayConsumer(bytes -> bytes.map(
                                some -> new String(some, StandardCharsets.UTF_8))
                        .ifPresent(lines::add)))
                .get(30, TimeUnit.SECONDS);

        assertThat(String.join("", lines)).isEqualTo("echo ");
    }

    @Test
    void failsAsTheHandlerDoes() {
        server.answerWith(request -> new Answer(401, "text/plain", "no"));
        authorizer.neverRenews();
        BodyHandler<String> broken =
                info -> BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), body -> {
                    throw new IllegalArgumentException("unreadable");
                });

        assertThatThrownBy(() -> client.send(to(server.uri("/")).build(), broken))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("unreadable");
        assertThatThrownBy(() ->
                        client.sendAsync(to(server.uri("/")).build(), broken).get(30, TimeUnit.SECONDS))
                .hasStackTraceContaining("unreadable");
    }

    /** The server sees the end of the connection. */
    @Test
    void endsTheExchangeWhenNobodyWantsItsAnswerAnyMore() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String origin = "http://127.0.0.1:" + silent.getLocalPort();
            HttpClient of = AuthorizedHttpClient.of(
                    HttpClient.newHttpClient(), authorizer, AuthorizedOrigins.of(List.of(origin), false));
            CompletableFuture<HttpResponse<String>> answer =
                    of.sendAsync(to(URI.create(origin)).build(), BodyHandlers.ofString());
            try (Socket socket = silent.accept()) {
                socket.setSoTimeout(30_000);
                assertThat(socket.getInputStream().read()).isEqualTo('G');

                answer.cancel(true);

                assertThat(endOf(socket)).isTrue();
            }
        }
    }

    /** A connection may end with a reset as well. */
    private static boolean endOf(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void leavesA401ToTheCallerWhereThereIsNothingToBeWon() throws Exception {
        refuseTheFirst();
        assertThat(send(to(server.uri("/"))
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {65}))))
                        .statusCode())
                .isEqualTo(401);
        assertThat(authorizer.refused()).isEmpty();

        authorizer.neverRenews();
        assertThat(send(to(server.uri("/"))).body()).isEqualTo("no");
        assertThat(headers(server)).containsExactly("Bearer token-1", "Bearer token-1");
    }

    @Test
    void renewsNotAfterA403() throws Exception {
        server.answerWith(request -> new Answer(403, "text/plain", "no"));

        assertThat(send(to(server.uri("/"))).statusCode()).isEqualTo(403);
        assertThat(headers(server)).containsExactly("Bearer token-1");
    }

    @Test
    void failsWhereNoTokenCanBeHad() {
        authorizer.isOutOfReach();

        assertThatThrownBy(() -> send(to(server.uri("/")))).isInstanceOf(TokenException.class);
        assertThatThrownBy(() -> client.sendAsync(to(server.uri("/")).build(), BodyHandlers.discarding())
                        .get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TokenException.class);
        assertThat(server.requests()).isEmpty();
    }

    /** In the first attempt and in the second, and the caller's thread waits for neither. */
    @Test
    void takesTheTokenOfWhoeverCallsAlsoWhereNobodyWaits() throws Exception {
        CallersAuthorizer callers = new CallersAuthorizer();
        callers.callerIs("alice");
        server.answerWith(request -> "Bearer alice-1".equals(request.header("Authorization"))
                ? new Answer(401, "text/plain", "no")
                : new Answer(200, "text/plain", "fine"));
        HttpClient of = AuthorizedHttpClient.of(
                HttpClient.newHttpClient(),
                callers,
                AuthorizedOrigins.of(List.of(server.uri("").toString()), false));

        assertThat(of.sendAsync(to(server.uri("/")).build(), BodyHandlers.ofString())
                        .get(30, TimeUnit.SECONDS)
                        .body())
                .isEqualTo("fine");
        assertThat(headers(server)).containsExactly("Bearer alice-1", "Bearer alice-2");
        assertThat(callers.waiting()).isNotEmpty().doesNotContain(Thread.currentThread());
    }

    @Test
    void isOtherwiseTheClientThatItWasMadeOf() {
        HttpClient plain = HttpClient.newHttpClient();
        HttpClient made = AuthorizedHttpClient.of(plain, authorizer, AuthorizedOrigins.none());

        assertThat(made.version()).isEqualTo(plain.version());
        assertThat(made.sslContext()).isSameAs(plain.sslContext());
        assertThat(made.followRedirects()).isEqualTo(Redirect.NEVER);
        assertThat(made.executor()).isEqualTo(plain.executor());
    }
}
