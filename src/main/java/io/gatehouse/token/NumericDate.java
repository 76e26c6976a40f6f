package io.gatehouse.token;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A JSON number of seconds since the epoch, with or without a fraction (RFC 7519 §2). */
public final class NumericDate {

    private NumericDate() {}

    /** Reads the claim, or answers null where it is absent, no number, or no instant that Java can express. */
    public static @Nullable Instant parse(@Nullable Object claim) {
        if (claim instanceof Long seconds) {
            return instant(seconds, 0);
        }
        if (claim instanceof BigDecimal number && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0) {
            BigDecimal seconds = number.setScale(0, RoundingMode.FLOOR);
            int nanos = number.subtract(seconds).movePointRight(9).intValue();
            return instant(seconds.longValue(), nanos);
        }
        return null;
    }

    private static @Nullable Instant instant(long seconds, int nanos) {
        boolean expressible = seconds > Instant.MIN.getEpochSecond() && seconds < Instant.MAX.getEpochSecond();
        return expressible ? Instant.ofEpochSecond(seconds, nanos) : null;
    }
}
