/**
 * The decision: the only room that says "valid".
 *
 * <p>Doors: {@link io.gatehouse.token.TokenValidator} decides about an {@link io.gatehouse.token.AccessToken} and
 * answers with a {@link io.gatehouse.token.TokenValidationResult}; {@link io.gatehouse.token.ClaimsValidator} is the
 * one gate that every claims set passes, whichever way it came. Holding a {@link io.gatehouse.token.ValidatedToken} is
 * the proof that the gate was passed.
 */
@NullMarked
package io.gatehouse.token;

import org.jspecify.annotations.NullMarked;
