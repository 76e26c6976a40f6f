package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsTest {

    @Test
    void takesTheTrustMaterialOfTheSettings() throws Exception {
        assertThat(fetch("localhost.p12", "localhost.p12")).isInstanceOf(FetchResult.Ok.class);
    }

    @Test
    void refusesCertificateThatNobodyTrusts() throws Exception {
        assertThat(fetch("localhost.p12", "elsewhere.p12")).isEqualTo(Fault.TLS_FAILED.result());
    }

    @Test
    void refusesTrustedCertificateOfAnotherHost() throws Exception {
        assertThat(fetch("elsewhere.p12", "elsewhere.p12")).isEqualTo(Fault.TLS_FAILED.result());
    }

    @Test
    void refusesCertificateThatTheJvmDoesNotTrust() throws Exception {
        try (FakePeer peer = peer("localhost.p12");
                JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
            assertThat(client.get(peer.uri("/"))).isEqualTo(Fault.TLS_FAILED.result());
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
                JsonHttpClient client =
                        JsonHttpClient.create(HttpSettings.defaults().withSslContext(context(trusted)))) {
            return client.get(peer.uri("localhost", "/"));
        }
    }

    private static FakePeer peer(String identity) throws Exception {
        return FakePeer.runningTls(
                context(identity).getServerSocketFactory(), request -> request.send(FakePeer.ok("{}")));
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
