/**
 * How Gatehouse speaks to an authorization server: one bounded HTTP exchange at a time.
 *
 * <p>Doors: {@link io.gatehouse.http.JsonHttpClient} sends, {@link io.gatehouse.http.FetchResult} says what came of it;
 * {@link io.gatehouse.http.HttpSettings}, {@link io.gatehouse.http.FormBody} and {@link io.gatehouse.http.JsonBody} are what goes in. No JAX-RS type shows in
 * any of them: behind the doors works a Jersey client that is relocated when this room is packaged, so that it never
 * meets the one of the server.
 */
@NullMarked
package io.gatehouse.http;

import org.jspecify.annotations.NullMarked;
