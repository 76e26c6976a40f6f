/**
 * Is the seal genuine? Signed tokens (JWS, RFC 7515) and signed tokens in an encrypted envelope (JWE, RFC 7516).
 *
 * <p>Door: {@link io.gatehouse.jwt.JwtTokenValidator}, set up by {@link io.gatehouse.jwt.JwtSettings} and one
 * {@link io.gatehouse.jwt.IssuerRoute} per issuer. The walk: {@code CompactJwe} (if tokens are encrypted) →
 * {@code CompactJws} → the claims' gate → {@code SignatureCheck}.
 */
@NullMarked
package io.gatehouse.jwt;

import org.jspecify.annotations.NullMarked;
