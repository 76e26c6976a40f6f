package io.gatehouse.http;

import java.nio.charset.StandardCharsets;

/**
 * A JSON text to be posted ({@code application/json}, RFC 8259), as UTF-8. It may say who somebody is and what he wants,
 * so {@link #toString()} shows its length only.
 *
 * <p>Immutable.
 */
public final class JsonBody {

    private final String json;

    private JsonBody(String json) {
        this.json = json;
    }

    /** This text, which has to be JSON: it is sent as it is. */
    public static JsonBody of(String json) {
        return new JsonBody(json);
    }

    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "JsonBody[" + json.length() + " characters]";
    }
}
