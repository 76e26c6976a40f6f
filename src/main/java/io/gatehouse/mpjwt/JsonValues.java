package io.gatehouse.mpjwt;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

/** Makes JSON-P values of plain ones. */
final class JsonValues {

    /** Kept, because finding the provider walks through the class path each time. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private JsonValues() {}

    /** The JSON-P value for one of the types that {@code io.gatehouse.json} knows, or for a set of strings. */
    static JsonValue of(Object value) {
        if (value instanceof String text) {
            return JSON.createValue(text);
        }
        if (value instanceof Boolean truth) {
            return truth ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Long number) {
            return JSON.createValue(number);
        }
        if (value instanceof BigDecimal number) {
            return JSON.createValue(number);
        }
        if (value instanceof Collection<?> elements) {
            return array(elements);
        }
        return value instanceof Map<?, ?> members ? object(members) : JsonValue.NULL;
    }

    private static JsonArray array(Collection<?> elements) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        elements.forEach(element -> array.add(of(element)));
        return array.build();
    }

    private static JsonObject object(Map<?, ?> members) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        members.forEach((name, value) -> object.add((String) name, of(value)));
        return object.build();
    }
}
