/**
 * What is the caller called here? From the claims of a validated token to the roles that application code asks for.
 *
 * <p>Doors: {@link io.gatehouse.roles.RoleMapper}, made from {@link io.gatehouse.roles.RoleSettings}, of which an
 * application may have its own; {@link io.gatehouse.roles.CallerRoles}, which asks all of them.
 */
@NullMarked
package io.gatehouse.roles;

import org.jspecify.annotations.NullMarked;
