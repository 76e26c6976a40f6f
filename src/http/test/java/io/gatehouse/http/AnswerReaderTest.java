package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult.Ok;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One answer that is right, and what is wrong with others; all of them end with the connection. */
@Timeout(60)
class AnswerReaderTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final JsonHttpClient client =
            JsonHttpClient.create(HttpSettings.defaults().withMaximumResponseSize(100_000));

    @AfterEach
    void close() {
        client.close();
    }

    private FetchResult read(String answer) throws IOException {
        try (FakePeer peer = FakePeer.running(request -> {
            request.send(answer);
            request.hangUp();
        })) {
            return client.get(peer.uri("/"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200\r\ncontent-length:2\r\n\r\n{}",
                "HTTP/1.0 200 OK\r\n\r\n{}",
                "HTTP/1.1 200 \t caf\u00e9\r\nX:\r\nX: \u00e9\t\r\nContent-Length: \t 0002 \r\n\r\n{}",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nContent-Length: 9\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n1\r\n{\r\n00001\r\n}\r\n0\r\n\r\n",
                CHUNKED + "2;a=b;c=\"d\"\r\n{}\r\n000;e\r\nTrailer: x\r\n\r\n",
                CHUNKED + "2 \t;a\r\n{}\r\n0\r\n\r\n"
            })
    void takesWhatTheGrammarAllows(String answer) throws IOException {
        assertThat(read(answer)).isInstanceOfSatisfying(Ok.class, ok -> assertThat(ok.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\n\n{}",
                "HTTP/1.1 200 OK\r\nX: y\n\r\n{}",
                "HTTP/1.1 200 OK\r\rX: y\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nX: y\0\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nX: y\u007f\r\n\r\n{}",
                "HTTP/1.1  200 OK\r\n\r\n{}",
                " HTTP/1.1 200 OK\r\n\r\n{}",
                "http/1.1 200 OK\r\n\r\n{}",
                "HTTP/1.2 200 OK\r\n\r\n{}",
                "HTTP/2 200 OK\r\n\r\n{}",
                "HTTP/1.1 20 OK\r\n\r\n{}",
                "HTTP/1.1 2000 OK\r\n\r\n{}",
                "HTTP/1.1 099 OK\r\n\r\n{}",
                "HTTP/1.1 600 OK\r\n\r\n{}",
                "HTTP/1.1 +20 OK\r\n\r\n{}",
                "HTTP/1.1 \u0662\u0660\u0660 OK\r\n\r\n{}",
                "HTTP/1.1 101 Switching Protocols\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nX\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n: y\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nX : y\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n X: y\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nX: y\r\n\tfolded: z\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nX y: z\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 1\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                CHUNKED,
                CHUNKED + "\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "0x2\r\n{}\r\n0\r\n\r\n",
                CHUNKED + " 2\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "2 \r\n{}\r\n0\r\n\r\n",
                CHUNKED + "+2\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "2\n{}\n0\n\n",
                CHUNKED + "1\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "3\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "000000002\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "ffffffffffffffff2\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "2\r\n{}\r\n0\r\n",
                CHUNKED + "2\r\n{}\r\n0\r\nTrailer: x\r\n"
            })
    void givesUpAnythingElse(String answer) throws IOException {
        assertThat(read(answer)).isEqualTo(Fault.NO_ANSWER.result());
    }

    @Test
    void takesBodiesInManyChunks() throws IOException {
        String body = "0123456789".repeat(1000);
        assertThat(read(CHUNKED + "a\r\n0123456789\r\n".repeat(1000) + "0\r\n\r\n"))
                .isInstanceOfSatisfying(Ok.class, ok -> assertThat(ok.body())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX: ",
                "HTTP/1.1 103 Hints\r\nX: ",
                "HTTP/1.1 ",
                CHUNKED + "0;",
                CHUNKED + "0\r\nTrailer: "
            })
    void givesUpLinesWithoutEnd(String begin) throws IOException {
        assertThat(read(begin + "x".repeat(70_000))).isEqualTo(Fault.BODY_TOO_LARGE.result());
    }

    @Test
    void givesUpChunksThatAreMostlyFrame() throws IOException {
        assertThat(read(CHUNKED + ("1;" + "x".repeat(1000) + "\r\n{\r\n").repeat(100) + "0\r\n\r\n"))
                .isEqualTo(Fault.BODY_TOO_LARGE.result());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void readsNoBodyWhereNoneCanBe(int status) throws IOException {
        assertThat(read("HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\n\r\n{}"))
                .isInstanceOfSatisfying(FetchResult.Refused.class, refused -> assertThat(refused.body())
                        .isEmpty());
    }
}
