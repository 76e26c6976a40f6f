package io.gatehouse.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.fuzz.SecondOpinion;
import io.gatehouse.http.FetchResult;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;

/**
 * Any answer of an introspection endpoint: status and media type in the first line, the body behind it. Alive is what
 * says so with status 200, as JSON, with {@code true} and nothing like it.
 */
class IntrospectionAnswerFuzz {

    private static final IntrospectionResponseReader READER = new IntrospectionResponseReader(null, Clock.systemUTC());

    @FuzzTest
    void anyAnswer(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
        byte[] body = Arrays.copyOfRange(answer, Math.min(end + 1, answer.length), answer.length);
        boolean ok = text.startsWith("200 ");

        IntrospectionResponse response = READER.read(ok ? ok(text.substring(4, end), body) : refused(end, body));

        if (response instanceof IntrospectionResponse.Active active) {
            assertThat(ok).isTrue();
            JsonObject said = SecondOpinion.of(body);
            assertThat(said.get("active")).isEqualTo(JsonValue.TRUE);
            assertThat(said.keySet()).containsAll(active.claims().names());
        } else if (response instanceof IntrospectionResponse.Inactive && ok) {
            assertThat(SecondOpinion.of(body).get("active")).isEqualTo(JsonValue.FALSE);
        } else if (response instanceof IntrospectionResponse.Failed failed) {
            assertThat(failed.problem()).doesNotContain("\n");
        }
    }

    private static FetchResult ok(String contentType, byte[] body) {
        return new FetchResult.Ok(body, contentType, null);
    }

    /** The status is made of the line's length: every one there is, but 200. */
    private static FetchResult refused(int length, byte[] body) {
        int status = 100 + length % 500;
        return new FetchResult.Refused(status == 200 ? 400 : status, body, "application/json", null);
    }
}
