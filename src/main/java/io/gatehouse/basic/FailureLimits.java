package io.gatehouse.basic;

import java.time.Duration;

/**
 * How many wrong guesses are heard.
 *
 * @param perCaller for one name from one address
 * @param perAddress from one address, whatever the names
 * @param window counted from the first wrong guess
 */
public record FailureLimits(int perCaller, int perAddress, Duration window) {

    /** 5 and 20 in a minute. */
    public static FailureLimits defaults() {
        return new FailureLimits(5, 20, Duration.ofMinutes(1));
    }
}
