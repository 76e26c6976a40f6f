/**
 * May the caller do this with that? Questions about single resources that another server decides.
 *
 * <p>Doors: {@link io.gatehouse.permission.PermissionDecider} is asked, about a {@link
 * io.gatehouse.permission.Permission}, and answers with a {@link io.gatehouse.permission.PermissionDecision}; {@link
 * io.gatehouse.permission.PermissionServer} is the one that asks Authress or a policy decision point of AuthZEN, as {@link
 * io.gatehouse.permission.PermissionSettings} say; {@link io.gatehouse.permission.ResourceTemplate} makes the name of a
 * resource from the path of a request. Nothing in here lets anybody pass because it has no answer.
 */
@NullMarked
package io.gatehouse.permission;

import org.jspecify.annotations.NullMarked;
