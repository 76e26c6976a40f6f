package io.gatehouse.json;

import java.util.Map;
import java.util.function.Function;

/** What came of reading a JSON text: an object, or why it is none. */
public sealed interface JsonParseResult {

    /** Calls the function that fits this result; every case has to be given. */
    <T> T match(Function<? super Parsed, ? extends T> parsed, Function<? super Malformed, ? extends T> malformed);

    /**
     * The text is one JSON object.
     *
     * @param members the members in the order of the text; unmodifiable
     */
    record Parsed(Map<String, Object> members) implements JsonParseResult {
        @Override
        public <T> T match(
                Function<? super Parsed, ? extends T> parsed, Function<? super Malformed, ? extends T> malformed) {
            return parsed.apply(this);
        }
    }

    /**
     * The text is no JSON object, or one that is refused (duplicate members, too deep, numbers out of bounds).
     *
     * @param problem what is wrong and at which byte; holds nothing of the text itself
     */
    record Malformed(String problem) implements JsonParseResult {
        @Override
        public <T> T match(
                Function<? super Parsed, ? extends T> parsed, Function<? super Malformed, ? extends T> malformed) {
            return malformed.apply(this);
        }
    }
}
