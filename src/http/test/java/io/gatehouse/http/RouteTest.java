package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RouteTest {

    private final JsonHttpClient client =
            JsonHttpClient.create(HttpSettings.defaults().withPlainHttpAllowed());

    @AfterEach
    void close() {
        client.close();
    }

    private static void echo(FakePeer.Request request) throws IOException {
        request.send(FakePeer.ok(request.path() + ' ' + request.body()));
    }

    private static void assertAnswers(FetchResult result, String body) {
        assertThat(result).isInstanceOf(FetchResult.Ok.class);
        assertThat(((FetchResult.Ok) result).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(body);
    }

    @Test
    void leadsToAddressesOfVersion6() throws IOException {
        assumeTrue(hasLoopbackOfVersion6(), "this system has no ::1");
        try (FakePeer peer = FakePeer.runningAt("::1", RouteTest::echo)) {
            assertAnswers(client.get(peer.uri("[::1]", "/a?b")), "/a?b ");
            assertAnswers(client.post(peer.uri("[::1]", "/a"), FormBody.empty().with("c", "d"), Map.of()), "/a c=d");
            assertThat(peer.requests().get(0).head()).contains("\r\nHost: [::1]:" + peer.port() + "\r\n");
        }
    }

    private static boolean hasLoopbackOfVersion6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    @Test
    void leadsToNames() throws IOException {
        try (FakePeer peer = FakePeer.running(RouteTest::echo)) {
            assertAnswers(client.get(peer.uri("localhost", "")), "/ ");
            assertAnswers(client.get(peer.uri("LOCALHOST", "?a#b")), "/?a ");
            assertThat(peer.requests().get(0).head()).contains("\r\nHost: localhost:" + peer.port() + "\r\n");
        }
    }

    @Test
    void leadsThroughTheProxyOfTheJvm() throws IOException {
        try (FakePeer proxy = FakePeer.running(RouteTest::echo);
                JvmProxy set = JvmProxy.at(proxy)) {
            assertAnswers(client.get(URI.create("http://as.invalid/a?b")), "http://as.invalid/a?b ");
            assertAnswers(client.get(URI.create("http://as.invalid:8080")), "http://as.invalid:8080/ ");
            assertThat(proxy.requests().get(0).head()).contains("\r\nHost: as.invalid\r\n");
            assertThat(proxy.connections()).isEqualTo(set.asked());
        }
    }

    @Test
    void leadsPastProxiesOfAnotherKind() throws IOException {
        try (FakePeer peer = FakePeer.running(RouteTest::echo);
                FakePeer socks = FakePeer.running(FakePeer.Request::hangUp);
                JvmProxy set = JvmProxy.naming(
                        new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", socks.port())))) {
            assertAnswers(client.get(peer.uri("/")), "/ ");
            assertThat(set.asked()).isEqualTo(1);
            assertThat(socks.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://as.example, as.example, 443",
        "https://as.example:443/x, as.example, 443",
        "https://as.example:80, as.example:80, 80",
        "http://as.example, as.example, 80",
        "http://[::1]:80/, [::1], 80",
        "http://[::1]:443/, [::1]:443, 443"
    })
    void namesTheTargetAsTheHostHeaderDoes(URI uri, String authority, int port) throws IOException {
        assertThat(Route.to(uri)).returns(authority, Route::authority).returns(port, Route::port);
    }
}
