package io.gatehouse.json;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object. Implementations are immutable. */
public interface JsonMembers {

    /** The value of the member; null where there is none of this name. */
    @Nullable Object value(String name);

    /** All members; unmodifiable. */
    Map<String, Object> asMap();

    /** The names of the members, in the order of the text. */
    Set<String> names();

    /** Those that {@link JsonParser} read. */
    static JsonMembers of(Map<String, Object> members) {
        return new ReadMembers(members);
    }

    /** Members that are values already. */
    record ReadMembers(Map<String, Object> asMap) implements JsonMembers {
        @Override
        public @Nullable Object value(String name) {
            return asMap.get(name);
        }

        @Override
        public Set<String> names() {
            return asMap.keySet();
        }
    }
}
