/**
 * The letter we take along: what Gatehouse itself presents to authorization servers, and to the services that an
 * application calls.
 *
 * <p>Doors: {@link io.gatehouse.outbound.Authorizers}, which makes an {@link io.gatehouse.outbound.Authorizer} of each kind,
 * set up by {@link io.gatehouse.outbound.AuthorizerSettings}; {@link io.gatehouse.outbound.TokenStorages}; {@link
 * io.gatehouse.outbound.ClientAssertion} ({@code private_key_jwt}) and {@link
 * io.gatehouse.outbound.ClientCredentialsToken}, our own token for introspection. The walk of a call: authorizer → {@code
 * RenewableToken} → its source → {@link io.gatehouse.outbound.TokenClient} → {@code
 * TokenChoice}. That of one request of a token client ({@link io.gatehouse.outbound.TokenClients}): {@code HttpTokenClient}
 * (what a grant sends) → {@code EndpointCaller} (where, with which proof) → {@code Attempts} (how often) → {@code
 * EndpointAnswer} and {@code TokenResponseReader} (what came of it).
 */
@NullMarked
package io.gatehouse.outbound;

import org.jspecify.annotations.NullMarked;
