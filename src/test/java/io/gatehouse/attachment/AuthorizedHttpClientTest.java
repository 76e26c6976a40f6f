package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.outbound.TokenException;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.testing.RecordingServer.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AuthorizedHttpClientTest {

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
