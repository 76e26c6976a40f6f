package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);

    @Test
    void takesTheTrustMaterialOfTheSettings() throws Exception {
        assertThat(fetch("localhost.p12", "localhost.p12")).isInstanceOf(FetchResult.Ok.class);
    }

    @Test
    void refusesCertificateThatNobodyTrusts() throws Exception {
        assertThat(fetch("localhost.p12", "elsewhere.p12")).isEqualTo(Fault.TLS_UNTRUSTED.result());
    }

    @Test
    void refusesTrustedCertificateOfAnotherHost() throws Exception {
        assertThat(fetch("elsewhere.p12", "elsewhere.p12")).isEqualTo(Fault.TLS_OTHER_HOST.result());
    }

    @Test
    void refusesCertificateThatTheJvmDoesNotTrust() throws Exception {
        try (FakePeer peer = peer("localhost.p12");
                JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
            assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.TLS_UNTRUSTED.result());
        }
    }

    @Test
    void refusesAddressThatTheCertificateDoesNotName() throws Exception {
        try (FakePeer named = peer("localhost.p12");
                FakePeer unnamed = peer("elsewhere.p12");
                JsonHttpClient one = trusting("localhost.p12");
                JsonHttpClient other = trusting("elsewhere.p12")) {
            assertThat(one.get(named.uri("127.0.0.1", "/"))).isInstanceOf(FetchResult.Ok.class);
            assertThat(other.get(unnamed.uri("127.0.0.1", "/"))).isEqualTo(Fault.TLS_OTHER_HOST.result());
        }
    }

    @Test
    void tellsHowLongTheCertificateOfAPeerIsGood() throws Exception {
        try (FakePeer peer = peer("localhost.p12");
                JsonHttpClient client = trusting("localhost.p12");
                JsonHttpClient stranger = trusting("elsewhere.p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream file = TlsTest.class.getResourceAsStream("localhost.p12")) {
                store.load(file, "changeit".toCharArray());
            }
            X509Certificate own =
                    (X509Certificate) store.getCertificate(store.aliases().nextElement());

            assertThat(client.certificate(peer.uri("localhost", "/keys")))
                    .contains(new ServerCertificate(
                            own.getNotBefore().toInstant(), own.getNotAfter().toInstant()));
            assertThat(stranger.certificate(peer.uri("localhost", "/keys"))).isEmpty();
            assertThat(client.certificate(URI.create("http://localhost/keys"))).isEmpty();
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void sendsNothingToPeerThatItRefuses() throws Exception {
        try (FakePeer peer = peer("elsewhere.p12");
                JsonHttpClient client = trusting("elsewhere.p12")) {
            client.post(peer.uri("localhost", "/"), FormBody.empty().with("token", "t0ken"), Map.of());
            peer.connectionEnded.await();

            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void keepsTheTimeOfHandshakesThatNeverEnd() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                JsonHttpClient impatient = JsonHttpClient.create(bounds(LONG, SHORT, LONG));
                JsonHttpClient hasty = JsonHttpClient.create(bounds(LONG, LONG, SHORT))) {
            URI uri = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");

            assertThat(impatient.get(uri)).isEqualTo(Fault.READ_TIMEOUT.result());
            assertThat(hasty.get(uri)).isEqualTo(Fault.TOTAL_TIMEOUT.result());
        }
    }

    @Test
    void keepsTheTimeOfBodiesThatTrickle() throws Exception {
        try (FakePeer peer = peer("localhost.p12", request -> {
                    request.send("HTTP/1.1 200 OK\r\n\r\n");
                    request.trickle(" ".repeat(100_000));
                });
                JsonHttpClient hasty =
                        JsonHttpClient.create(bounds(LONG, LONG, SHORT).withSslContext(context("localhost.p12")))) {
            assertThat(hasty.get(peer.uri("localhost", "/"))).isEqualTo(Fault.TOTAL_TIMEOUT.result());
            peer.connectionEnded.await();
        }
    }

    @Test
    void keepsTheLimitOfBodiesWithoutEnd() throws Exception {
        try (FakePeer peer = peer("localhost.p12", request -> {
                    request.send("HTTP/1.1 200 OK\r\n\r\n");
                    while (true) {
                        request.send("x".repeat(8192));
                    }
                });
                JsonHttpClient client = trusting("localhost.p12")) {
            assertThat(client.get(peer.uri("localhost", "/"))).isEqualTo(Fault.BODY_TOO_LARGE.result());
            peer.connectionEnded.await();
        }
    }

    @Test
    void goesThroughTheTunnelOfTheProxyToTheSameCertificateCheck() throws Exception {
        try (FakePeer proxy = FakePeer.running(TlsTest::tunnel);
                FakePeer good = peer("localhost.p12");
                FakePeer bad = peer("elsewhere.p12");
                JvmProxy set = JvmProxy.at(proxy);
                JsonHttpClient client = trusting("localhost.p12")) {
            assertThat(client.get(good.uri("localhost", "/"))).isInstanceOf(FetchResult.Ok.class);
            assertThat(client.get(bad.uri("localhost", "/"))).isEqualTo(Fault.TLS_UNTRUSTED.result());
            assertThat(proxy.requests().get(0).head()).startsWith("CONNECT localhost:" + good.port() + " HTTP/1.1\r\n");
            assertThat(set.asked()).isEqualTo(2);
        }
    }

    @Test
    void takesNoTunnelThatTheProxyRefuses() throws Exception {
        try (FakePeer proxy = FakePeer.saying("HTTP/1.1 407 Credentials\r\nContent-Length: 0\r\n\r\n");
                FakePeer peer = peer("localhost.p12");
                JvmProxy set = JvmProxy.at(proxy);
                JsonHttpClient client = trusting("localhost.p12")) {
            assertThat(client.get(peer.uri("localhost", "/"))).isEqualTo(Fault.CONNECT_FAILED.result());
            assertThat(peer.connections()).isZero();
            assertThat(set.asked()).isEqualTo(1);
        }
    }

    private static void tunnel(FakePeer.Request request) throws IOException {
        int port = Integer.parseInt(request.path().split(":", 2)[1]);
        try (Socket target = new Socket(Proxy.NO_PROXY)) { // a plain one would ask the JVM for a proxy again
            target.connect(new InetSocketAddress("127.0.0.1", port));
            request.send("HTTP/1.1 200 Tunnel stands\r\n\r\n");
            Thread back = new Thread(() -> copy(target, request.socket()));
            back.start();
            copy(request.socket(), target);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // one side has gone
        }
    }

    @Test
    void refusesPeerThatSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
            Thread answering = new Thread(() -> sayPlainText(plain));
            answering.start();

            assertThat(client.get(URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/")))
                    .isEqualTo(Fault.TLS_FAILED.result());
            answering.join();
        }
    }

    private static void sayPlainText(ServerSocket plain) {
        try (Socket connection = plain.accept()) {
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // the client has gone
        }
    }

    private static FetchResult fetch(String identityOfPeer, String trusted) throws Exception {
        try (FakePeer peer = peer(identityOfPeer);
                JsonHttpClient client = trusting(trusted)) {
            return client.get(peer.uri("localhost", "/"));
        }
    }

    private static JsonHttpClient trusting(String trusted) throws Exception {
        return JsonHttpClient.create(bounds(LONG, LONG, LONG).withSslContext(context(trusted)));
    }

    private static HttpSettings bounds(Duration connect, Duration read, Duration total) {
        return HttpSettings.defaults().withTimeouts(connect, read, total);
    }

    private static FakePeer peer(String identity) throws Exception {
        return peer(identity, request -> request.send(FakePeer.ok("{}")));
    }

    private static FakePeer peer(String identity, FakePeer.Script script) throws Exception {
        return FakePeer.runningTls(context(identity).getServerSocketFactory(), script);
    }

    private static SSLContext context(String resource) throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Objects.requireNonNull(TlsTest.class.getResourceAsStream(resource))) {
            keys.load(in, password);
        }
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("peer", keys.getCertificate("peer"));
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(keys, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
