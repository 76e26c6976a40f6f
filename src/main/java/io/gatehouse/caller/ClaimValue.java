package io.gatehouse.caller;

import io.gatehouse.json.JsonNull;
import io.gatehouse.token.NumericDate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A claim's value in the type that is asked for, where that can be had without inventing something. Pure. */
final class ClaimValue {

    private ClaimValue() {}

    static <T> Optional<T> as(Class<T> type, Object value) {
        if (value == JsonNull.NULL) {
            return Optional.empty();
        }
        @Nullable Object converted = value;
        if (type == Instant.class) {
            converted = NumericDate.parse(value);
        } else if (type == Long.class && value instanceof BigDecimal number) {
            converted = whole(number);
        } else if (type == BigDecimal.class && value instanceof Long number) {
            converted = BigDecimal.valueOf(number);
        }
        return type.isInstance(converted) ? Optional.of(type.cast(converted)) : Optional.empty();
    }

    private static Object whole(BigDecimal number) {
        boolean fits = number.stripTrailingZeros().scale() <= 0
                && number.toBigInteger().bitLength() < Long.SIZE;
        return fits ? number.longValue() : number;
    }
}
