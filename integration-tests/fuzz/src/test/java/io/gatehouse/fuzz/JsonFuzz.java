package io.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonNull;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What our parser reads, another reads as well, and the same out of it. What base64url is taken, is so in one way. */
class JsonFuzz {

    @FuzzTest
    void anyBytes(byte[] bytes) {
        if (JsonParser.parseObject(bytes) instanceof JsonParseResult.Parsed parsed) {
            assertSame(parsed.members(), SecondOpinion.of(bytes));
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Base64Url.decode(text)
                .ifPresent(decoded -> assertThat(Base64Url.encode(decoded)).isEqualTo(text));
        assertThat(Base64Url.decode(Base64Url.encode(bytes))).hasValue(bytes);
    }

    private static void assertSame(Object ours, JsonValue theirs) {
        if (ours instanceof Map<?, ?> members) {
            JsonObject object = theirs.asJsonObject();
            assertThat(members.keySet()).isEqualTo(object.keySet());
            members.forEach((name, value) -> assertSame(value, object.get(name)));
        } else if (ours instanceof List<?> elements) {
            JsonArray array = theirs.asJsonArray();
            assertThat(elements).hasSameSizeAs(array);
            for (int at = 0; at < elements.size(); at++) {
                assertSame(elements.get(at), array.get(at));
            }
        } else if (ours instanceof String text) {
            assertThat(text).isEqualTo(((JsonString) theirs).getString());
        } else if (ours instanceof Number number) {
            assertThat(new BigDecimal(number.toString())).isEqualByComparingTo(((JsonNumber) theirs).bigDecimalValue());
        } else if (ours == JsonNull.NULL) {
            assertThat(theirs).isEqualTo(JsonValue.NULL);
        } else {
            assertThat(theirs).isEqualTo(Boolean.TRUE.equals(ours) ? JsonValue.TRUE : JsonValue.FALSE);
        }
    }
}
