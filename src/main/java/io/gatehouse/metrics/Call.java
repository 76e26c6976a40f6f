package io.gatehouse.metrics;

import java.time.Duration;

/** A call that is under way. For one thread. */
@FunctionalInterface
interface Call {

    /** It is over; said once. */
    void end(CallOutcome outcome, Duration taken);
}
