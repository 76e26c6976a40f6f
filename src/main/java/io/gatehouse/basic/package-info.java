/**
 * Who says so by name and password: what Gatehouse itself knows about callers with Basic credentials (RFC 7617), and how
 * often a wrong guess may be made.
 *
 * <p>Doors: {@link io.gatehouse.basic.ConfiguredUsers}, {@link io.gatehouse.basic.RegisteredClients} and {@link
 * io.gatehouse.basic.FailureLimiter}; {@link io.gatehouse.basic.PasswordHash} reads what stands in the configuration. The
 * application's own identity stores are none of this room's business: they are
 * asked in {@code inbound}.
 */
@NullMarked
package io.gatehouse.basic;

import org.jspecify.annotations.NullMarked;
