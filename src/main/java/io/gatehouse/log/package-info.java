/**
 * What the other rooms tell the log, and how often. Decides nothing.
 *
 * <p>Doors: {@link io.gatehouse.log.ApplicationLog}, {@link io.gatehouse.log.Reminder}.
 */
@NullMarked
package io.gatehouse.log;

import org.jspecify.annotations.NullMarked;
