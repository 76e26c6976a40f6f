/**
 * Reads the two encodings that tokens are made of, strictly, so that no two readers see different things in the same
 * bytes: JSON (RFC 8259) and base64url (RFC 4648).
 *
 * <p>Doors: {@link io.gatehouse.json.JsonParser} and {@link io.gatehouse.json.Base64Url}. JSON values come out as plain Java: {@link java.lang.String},
 * {@link java.lang.Long}, {@link java.math.BigDecimal}, {@link java.lang.Boolean}, unmodifiable
 * {@link java.util.List} and {@link java.util.Map}, and {@link io.gatehouse.json.JsonNull}.
 */
@NullMarked
package io.gatehouse.json;

import org.jspecify.annotations.NullMarked;
