/**
 * What an application may learn about who was let in and who was not: events of CDI, for audit trails of its own.
 *
 * <p>Doors: {@link io.gatehouse.audit.TokenAccepted}, {@link io.gatehouse.audit.TokenRefused}, which an application
 * observes; {@link io.gatehouse.audit.AuditTrail} is where the gate reports them.
 */
@NullMarked
package io.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
