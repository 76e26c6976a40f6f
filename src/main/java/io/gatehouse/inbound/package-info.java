/**
 * The gate itself: where a request is asked for its token, and where the answers on the wire are written.
 *
 * <p>Doors: {@link io.gatehouse.inbound.GatehouseAuthenticationMechanism} and
 * {@link io.gatehouse.inbound.ValidatedTokenIdentityStore}, both found by CDI, as is
 * {@link io.gatehouse.inbound.CurrentCaller}, which an application knows as its {@code Caller}. The token is decided before the store is
 * asked, because {@code CredentialValidationResult} carries a status only: the reason of a refusal would be lost, and an
 * outage could be overruled by another store.
 */
@NullMarked
package io.gatehouse.inbound;

import org.jspecify.annotations.NullMarked;
