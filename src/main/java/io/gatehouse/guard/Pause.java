package io.gatehouse.guard;

import java.time.Duration;

/** Lets time go by on the thread that waits. */
@FunctionalInterface
public interface Pause {

    void over(Duration duration) throws InterruptedException;

    /** On the thread's own time. */
    static Pause real() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
