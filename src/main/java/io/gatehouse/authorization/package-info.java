/**
 * May the caller do this? The JAX-RS side: {@code @RolesAllowed}, {@code @PermitAll} and {@code @DenyAll} alike on every
 * server, and what a matched resource asks for beyond them. Decided on the matched resource method, never on a path.
 *
 * <p>Doors: {@link io.gatehouse.authorization.RequiresScope}, {@link io.gatehouse.authorization.ReadWriteScope}, {@link
 * io.gatehouse.authorization.RequiresAuthentication}, {@link io.gatehouse.authorization.RequiresPermission} and {@link
 * io.gatehouse.authorization.Introspected} for the application; {@link io.gatehouse.authorization.ResourceCheck} for
 * further annotations; {@link io.gatehouse.authorization.CallerAuthentication}, {@link
 * io.gatehouse.authorization.FreshnessCheck} and {@link io.gatehouse.authorization.PermissionCheck} for whoever puts the
 * rooms together.
 */
@NullMarked
package io.gatehouse.authorization;

import org.jspecify.annotations.NullMarked;
