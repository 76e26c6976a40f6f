/**
 * What is the caller called here? From the claims of a validated token to the roles that application code asks for.
 *
 * <p>Door: {@link io.gatehouse.roles.RoleMapper}, made from {@link io.gatehouse.roles.RoleSettings}.
 */
@NullMarked
package io.gatehouse.roles;

import org.jspecify.annotations.NullMarked;
