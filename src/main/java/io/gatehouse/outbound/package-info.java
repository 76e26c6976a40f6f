/**
 * The letter we take along: what Gatehouse itself presents to authorization servers.
 *
 * <p>Doors: {@link io.gatehouse.outbound.TokenClients}, whose {@link io.gatehouse.outbound.TokenClient} asks for tokens,
 * {@link io.gatehouse.outbound.ClientAssertion} ({@code private_key_jwt}) and {@link
 * io.gatehouse.outbound.ClientCredentialsToken}, a bearer token that is fetched and renewed. The walk of one call: {@code
 * HttpTokenClient} (what a grant sends) → {@code EndpointCaller} (where, with which proof) → {@code Attempts} (how often) →
 * {@code EndpointAnswer} and {@code TokenResponseReader} (what came of it).
 */
@NullMarked
package io.gatehouse.outbound;

import org.jspecify.annotations.NullMarked;
