/**
 * Whose seals do we know? Keys come from configuration only, never from a token.
 *
 * <p>Doors: {@link io.gatehouse.keys.VerificationKeys} answers a key id with a {@link io.gatehouse.keys.KeyLookup};
 * {@link io.gatehouse.keys.KeyFiles} reads them from files;
 * {@link io.gatehouse.keys.DecryptionKeys} holds the private keys for encrypted tokens. Every
 * {@link io.gatehouse.keys.VerificationKey} knows the algorithms that it may be used with: the key decides, not the
 * token (RFC 8725 §3.1).
 */
@NullMarked
package io.gatehouse.keys;

import org.jspecify.annotations.NullMarked;
