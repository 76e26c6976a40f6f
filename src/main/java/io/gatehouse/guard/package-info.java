/**
 * How long requests wait for a server that is silent: whoever asks one on behalf of a request does it from a place
 * behind a bulkhead.
 *
 * <p>Door: {@link io.gatehouse.guard.Bulkhead}, one for each server. It knows nothing of what is asked.
 */
@NullMarked
package io.gatehouse.guard;

import org.jspecify.annotations.NullMarked;
