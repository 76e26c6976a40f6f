package io.gatehouse.guard;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Leaves a server alone for a while after so many calls in a row have failed; then one call finds out whether it is back.
 * Goes by real time. Thread-safe.
 */
public final class Breaker {

    /**
     * A call to the server.
     *
     * @param <T> what it brings, be it a failure
     * @param <X> what it throws where it is broken off
     */
    @FunctionalInterface
    public interface Exchange<T, X extends Exception> {
        T make() throws X;
    }

    /**
     * What there is to say at the end of a call.
     *
     * @param brokenOff what stands for a result where the call threw
     * @param failure whether a result means that the server is not well
     * @param listener told the result when it is counted
     */
    public record Ending<T>(T brokenOff, Predicate<? super T> failure, Consumer<? super T> listener) {}

    private final CircuitBreaker<Object> circuit;

    public Breaker(CircuitBreaker<Object> circuit) {
        this.circuit = circuit;
    }

    /** A breaker before a server of which nothing is known yet. */
    public static Breaker of(int failures, Duration pause) {
        return new Breaker(circuit(failures, pause));
    }

    /** What opens after so many failures in a row, and for how long. */
    public static CircuitBreaker<Object> circuit(int failures, Duration pause) {
        return CircuitBreaker.builder()
                .withFailureThreshold(failures)
                .withDelay(pause)
                .withSuccessThreshold(1) // one thread finds out whether the server is back, not as many as failed
                .build();
    }

    /** Whether the server answered when it was last asked. */
    public boolean isClosed() {
        return circuit.isClosed();
    }

    /** Whether a call would not be made now: for who can save himself the preparation of one. */
    public boolean leavesAlone() {
        return circuit.isOpen() && !circuit.getRemainingDelay().isZero();
    }

    /** What the call brings; empty where the server is left alone, or another call is finding out how it is. */
    public <T, X extends Exception> Optional<T> call(Exchange<T, X> exchange, Ending<T> ending) throws X {
        if (!circuit.tryAcquirePermit()) {
            return Optional.empty();
        }
        T result = ending.brokenOff();
        try {
            result = exchange.make();
            return Optional.of(result);
        } finally {
            settle(result, ending);
        }
    }

    /** A permit is given back in any case: else nobody would ask again. */
    private <T> void settle(T result, Ending<T> ending) {
        if (ending.failure().test(result)) {
            circuit.recordFailure();
        } else {
            circuit.recordSuccess();
        }
        ending.listener().accept(result);
    }
}
