package io.gatehouse.http;

import static io.gatehouse.http.FakePeer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, and what is shown of them. */
@Timeout(60)
class JsonHttpClientTargetsTest extends JsonHttpClientFixture {

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
}
