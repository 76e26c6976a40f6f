package io.gatehouse.mpjwt;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types in which a claim can be asked for, without their wrappers. Each converts what {@code JsonWebToken.getClaim}
 * gives, and answers null where that cannot be done without inventing something: a claim in an unfit type counts as
 * absent.
 */
enum ClaimType {
    /** Whatever {@code getClaim} gives. */
    ANY {
        @Override
        Object converted(Object claim) {
            return claim;
        }
    },
    STRING {
        @Override
        @Nullable Object converted(Object claim) {
            if (claim instanceof JsonString text) {
                return text.getString();
            }
            boolean scalar = claim instanceof String
                    || claim instanceof Number
                    || claim instanceof Boolean
                    || claim instanceof JsonNumber;
            return scalar ? claim.toString() : null;
        }
    },
    LONG {
        @Override
        @Nullable Object converted(Object claim) {
            if (claim instanceof JsonNumber number) {
                return number.bigDecimalValue().stripTrailingZeros().scale() <= 0
                                && number.bigIntegerValue().bitLength() < Long.SIZE
                        ? (Long) number.longValue()
                        : null;
            }
            return claim instanceof Long ? claim : null;
        }
    },
    BOOLEAN {
        @Override
        @Nullable Object converted(Object claim) {
            if (claim == JsonValue.TRUE || claim == JsonValue.FALSE) {
                return claim == JsonValue.TRUE;
            }
            return claim instanceof Boolean ? claim : null;
        }
    },
    SET_OF_STRINGS {
        @Override
        @Nullable Object converted(Object claim) {
            if (claim instanceof Collection<?> elements) {
                return strings(elements);
            }
            Object lone = STRING.converted(claim);
            return lone == null ? null : Set.of(lone);
        }
    },
    JSON_VALUE {
        @Override
        Object converted(Object claim) {
            return claim instanceof JsonValue ? claim : JsonValues.of(claim);
        }
    },
    JSON_STRING {
        @Override
        @Nullable Object converted(Object claim) {
            return JSON_VALUE.converted(claim) instanceof JsonString text ? text : null;
        }
    },
    JSON_NUMBER {
        @Override
        @Nullable Object converted(Object claim) {
            return JSON_VALUE.converted(claim) instanceof JsonNumber number ? number : null;
        }
    },
    JSON_ARRAY {
        @Override
        @Nullable Object converted(Object claim) {
            return JSON_VALUE.converted(claim) instanceof JsonArray array ? array : null;
        }
    },
    JSON_OBJECT {
        @Override
        @Nullable Object converted(Object claim) {
            return JSON_VALUE.converted(claim) instanceof JsonObject object ? object : null;
        }
    };

    /** The claim in this type, or null where it cannot be had in it. */
    abstract @Nullable Object converted(Object claim);

    /** All elements as strings, or null: to leave some out could turn a "not for these" into a "for all". */
    private static @Nullable Set<String> strings(Collection<?> elements) {
        Set<String> strings = new LinkedHashSet<>();
        for (Object element : elements) {
            if (element instanceof String text) {
                strings.add(text);
            } else if (element instanceof JsonString text) {
                strings.add(text.getString());
            } else {
                return null;
            }
        }
        return Collections.unmodifiableSet(strings);
    }
}
