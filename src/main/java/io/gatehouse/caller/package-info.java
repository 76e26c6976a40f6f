/**
 * Who is calling? What an application's code asks about the caller and neither {@code SecurityContext} nor
 * {@code JsonWebToken} say.
 *
 * <p>Door: {@link io.gatehouse.caller.Caller}.
 */
@NullMarked
package io.gatehouse.caller;

import org.jspecify.annotations.NullMarked;
