package io.gatehouse.metrics;

import java.time.Duration;
import java.util.Map;

/** A call that is under way. For one thread. */
@FunctionalInterface
interface Call {

    /** It is over; said once. */
    void end(CallOutcome outcome, Duration taken);

    /** What to tell whoever is called: headers by name. */
    default Map<String, String> headers() {
        return Map.of();
    }
}
