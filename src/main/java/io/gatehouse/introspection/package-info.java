/**
 * Ask the issuer: tokens that say nothing by themselves are put to the authorization server (RFC 7662).
 *
 * <p>Door: {@link io.gatehouse.introspection.IntrospectionTokenValidator}, set up by {@link
 * io.gatehouse.introspection.IntrospectionSettings}. The walk: {@code IntrospectionCache} → {@code TokenIntrospector} →
 * {@code IntrospectionResponseReader} → the claims' gate. What is remembered is the server's answer, never our decision.
 */
@NullMarked
package io.gatehouse.introspection;

import org.jspecify.annotations.NullMarked;
