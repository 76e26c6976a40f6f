/**
 * The letter we take along: what Gatehouse itself presents to authorization servers.
 *
 * <p>Doors: {@link io.gatehouse.outbound.ClientAssertion} ({@code private_key_jwt}) and {@link
 * io.gatehouse.outbound.ClientCredentialsToken}, a bearer token that is fetched and renewed.
 */
@NullMarked
package io.gatehouse.outbound;

import org.jspecify.annotations.NullMarked;
