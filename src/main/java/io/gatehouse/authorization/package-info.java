/**
 * May the caller do this? The JAX-RS side: what a matched resource asks for beyond a good token.
 *
 * <p>Doors: {@link io.gatehouse.authorization.Introspected} and {@link io.gatehouse.authorization.RequiresPermission}
 * for the application; {@link io.gatehouse.authorization.FreshnessCheck} and {@link
 * io.gatehouse.authorization.PermissionCheck} for whoever puts the rooms together. Decided on the matched resource method,
 * never on a path.
 */
@NullMarked
package io.gatehouse.authorization;

import org.jspecify.annotations.NullMarked;
