package io.gatehouse.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON (RFC 8259) from plain Java: strings, numbers, booleans, lists and maps of these. Pure. */
public final class JsonWriter {

    private final StringBuilder json = new StringBuilder();

    private JsonWriter() {}

    /** One object; members in the order of the map. */
    public static String write(Map<String, ?> members) {
        JsonWriter writer = new JsonWriter();
        writer.object(members);
        return writer.json.toString();
    }

    private void value(Object value) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Map<?, ?> members) {
            object(members);
        } else if (value instanceof List<?> elements) {
            array(elements);
        } else if (value instanceof Number || value instanceof Boolean || value == JsonNull.NULL) {
            json.append(value);
        } else {
            throw new IllegalArgumentException(
                    "no JSON type for " + value.getClass().getName());
        }
    }

    private void object(Map<?, ?> members) {
        json.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> all = members.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<?, ?> member = all.next();
            string((String) member.getKey());
            json.append(':');
            value(member.getValue());
            if (all.hasNext()) {
                json.append(',');
            }
        }
        json.append('}');
    }

    private void array(List<?> elements) {
        json.append('[');
        for (Iterator<?> all = elements.iterator(); all.hasNext(); ) {
            value(all.next());
            if (all.hasNext()) {
                json.append(',');
            }
        }
        json.append(']');
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
