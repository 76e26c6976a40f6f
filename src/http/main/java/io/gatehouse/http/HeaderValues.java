package io.gatehouse.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the headers that carry times, leniently: what cannot be read counts as not said. */
final class HeaderValues {

    /** What RFC 9111 §1.2.2 asks for where a number is too large. */
    private static final long LONGEST_SECONDS = 1L << 31;

    private static final int DIGITS_OF_LONGEST = 10;

    /** Some servers send the name of the header again as part of its value. */
    private static final Pattern MAX_AGE =
            Pattern.compile("(?:cache-control\\s*:\\s*)?max-age\\s*=\\s*(\"?)(\\d+)\\1", Pattern.CASE_INSENSITIVE);

    private HeaderValues() {}

    /** The shortest {@code max-age} among the {@code Cache-Control} headers (RFC 9111 §4.2.1). */
    static @Nullable Duration maxAge(List<String> cacheControl) {
        return cacheControl.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(directive -> MAX_AGE.matcher(directive.strip()))
                .filter(Matcher::matches)
                .map(directive -> seconds(Objects.requireNonNull(directive.group(2))))
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** {@code Retry-After} as seconds or as a date (RFC 9110 §10.2.3); a date in the past is zero. */
    static @Nullable Duration retryAfter(@Nullable String retryAfter, Clock clock) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.strip();
        return isNumber(value) ? seconds(value) : untilDate(value, clock);
    }

    /** {@code Date} (RFC 9110 §6.6.1); null where it is absent or unreadable. */
    static @Nullable Instant date(@Nullable String date) {
        try {
            return date == null
                    ? null
                    : ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static @Nullable Duration untilDate(String date, Clock clock) {
        try {
            ZonedDateTime then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), then.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException | ArithmeticException unreadable) {
            return null;
        }
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Duration seconds(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return Duration.ofSeconds(
                significant.length() > DIGITS_OF_LONGEST
                        ? LONGEST_SECONDS
                        : Math.min(Long.parseLong(significant), LONGEST_SECONDS));
    }

    /** Whether the body comes as it is; nobody asked for a compressed one (RFC 9110 §12.5.3). */
    static boolean isIdentity(List<String> contentEncoding) {
        return contentEncoding.stream()
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .allMatch(value -> value.isEmpty() || value.equals("identity"));
    }
}
