/**
 * What the other rooms tell the log. Decides nothing.
 *
 * <p>Door: {@link io.gatehouse.log.ApplicationLog}.
 */
@NullMarked
package io.gatehouse.log;

import org.jspecify.annotations.NullMarked;
