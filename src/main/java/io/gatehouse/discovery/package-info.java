/**
 * Where does an issuer say that its things are? Metadata of authorization servers (OpenID Connect Discovery 1.0, RFC 8414).
 *
 * <p>Door: {@link io.gatehouse.discovery.IssuerMetadata}.
 */
@NullMarked
package io.gatehouse.discovery;

import org.jspecify.annotations.NullMarked;
