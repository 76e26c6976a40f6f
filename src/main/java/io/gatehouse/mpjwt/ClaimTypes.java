package io.gatehouse.mpjwt;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gatehouse.json.JsonNull;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.jspecify.annotations.Nullable;

/** Which Java type a claim has in {@code JsonWebToken.getClaim}. */
final class ClaimTypes {

    private static final Map<String, Class<?>> REGISTERED = Arrays.stream(Claims.values())
            .filter(claim -> claim != Claims.UNKNOWN)
            .collect(toUnmodifiableMap(Claims::name, Claims::getType));

    private ClaimTypes() {}

    /**
     * The claim's value in the type that {@link Claims} names. A value of another JSON type is not hidden but treated as a
     * custom claim, because the list there contradicts the registrations of some claims ({@code amr} is an array, {@code
     * cnf} an object); JSON {@code null} is no value.
     */
    static @Nullable Object javaValue(String name, Object value) {
        Object registered = registeredValue(REGISTERED.getOrDefault(name, Object.class), value);
        return registered == null ? customValue(value) : registered;
    }

    private static @Nullable Object registeredValue(Class<?> type, Object value) {
        if (type == Set.class) {
            return stringSet(value);
        }
        if (type == Long.class) {
            return wholeSeconds(value);
        }
        if (type == String.class && (value instanceof Number || value instanceof Boolean)) {
            return value.toString();
        }
        return type == JsonObject.class && value instanceof Map<?, ?> ? JsonValues.of(value) : null;
    }

    private static @Nullable Object customValue(Object value) {
        if (value == JsonNull.NULL) {
            return null;
        }
        return value instanceof String || value instanceof Boolean ? value : JsonValues.of(value);
    }

    /** A lone string is a set of one: that is how {@code aud} is written when there is one (RFC 7519 §4.1.3). */
    private static @Nullable Set<String> stringSet(Object value) {
        if (value instanceof String text) {
            return Set.of(text);
        }
        if (!(value instanceof List<?> elements) || !elements.stream().allMatch(String.class::isInstance)) {
            return null;
        }
        Set<String> strings = new LinkedHashSet<>();
        elements.forEach(element -> strings.add((String) element));
        return Collections.unmodifiableSet(strings);
    }

    /** A NumericDate may have a fraction (RFC 7519 §2), which the MicroProfile type cannot hold. */
    private static @Nullable Long wholeSeconds(Object value) {
        if (!(value instanceof BigDecimal number)) {
            return value instanceof Long seconds ? seconds : null;
        }
        BigInteger floor = number.setScale(0, RoundingMode.FLOOR).toBigInteger();
        return floor.bitLength() < Long.SIZE ? floor.longValue() : null;
    }
}
