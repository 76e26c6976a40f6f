package io.gatehouse.basic;

import java.time.Duration;

/**
 * How many wrong guesses are heard.
 *
 * @param perCaller for one name from one address
 * @param perAddress from one address, whatever the names
 * @param perName for one name, whatever the addresses, from where it has not been right lately
 * @param window counted from the first wrong guess
 */
public record FailureLimits(int perCaller, int perAddress, int perName, Duration window) {

    /** 5, 20 and 100 in a minute. */
    public static FailureLimits defaults() {
        return new FailureLimits(5, 20, 100, Duration.ofMinutes(1));
    }
}
