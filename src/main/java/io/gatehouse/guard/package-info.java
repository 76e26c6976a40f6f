/**
 * What a server may cost that is slow, silent or broken: how many requests wait for it ({@link Bulkhead}), when it is left
 * alone ({@link Breaker}), and how long nobody asks again ({@link ExponentialBackoff}). It knows nothing of what is asked.
 *
 * <p>Doors: {@link io.gatehouse.guard.Bulkhead}, {@link io.gatehouse.guard.Breaker}, one of each for each server,
 * {@link io.gatehouse.guard.ExponentialBackoff} and {@link io.gatehouse.guard.Pause}.
 */
@NullMarked
package io.gatehouse.guard;

import org.jspecify.annotations.NullMarked;
