/**
 * The MicroProfile JWT face: {@code JsonWebToken}, {@code @Claim} injection and {@code @LoginConfig}, on servers that do
 * not bring these themselves.
 *
 * <p>Doors: {@link io.gatehouse.mpjwt.CallerJsonWebToken} makes the caller principal of a validated token;
 * {@link io.gatehouse.mpjwt.MicroProfileJwtExtension} adds the injectable token and the injectable claims to the
 * application, and refuses injection points that could serve one caller's claims to another.
 */
@NullMarked
package io.gatehouse.mpjwt;

import org.jspecify.annotations.NullMarked;
