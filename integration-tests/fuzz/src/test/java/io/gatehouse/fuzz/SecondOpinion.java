package io.gatehouse.fuzz;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads JSON with another parser than ours, which takes no member twice either. */
public final class SecondOpinion {

    private static final Map<String, ?> STRICT = Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE);

    private SecondOpinion() {}

    /** Throws what the other parser throws where the text is no JSON object. */
    public static JsonObject of(byte[] utf8) {
        try (JsonReader reader =
                Json.createReaderFactory(STRICT).createReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8)) {
            return reader.readObject();
        }
    }
}
