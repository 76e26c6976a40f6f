/**
 * Reads JSON the strict way (RFC 8259), so that no two readers can see different things in the same bytes.
 *
 * <p>Door: {@link io.gatehouse.json.JsonParser}. Values come out as plain Java: {@link java.lang.String},
 * {@link java.lang.Long}, {@link java.math.BigDecimal}, {@link java.lang.Boolean}, unmodifiable
 * {@link java.util.List} and {@link java.util.Map}, and {@link io.gatehouse.json.JsonNull}.
 */
@NullMarked
package io.gatehouse.json;

import org.jspecify.annotations.NullMarked;
