package io.gatehouse.http;

import static io.gatehouse.http.FakePeer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult.Unreachable;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that do not do as the protocol says. */
@Timeout(60)
class JsonHttpClientFaultsTest extends JsonHttpClientFixture {

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
