/**
 * How do we say no? One model for every answer that refuses: status, challenges (RFC 6750, RFC 9470, RFC 9728) and a body
 * (RFC 9457) for clients that want one.
 *
 * <p>Doors: {@link io.gatehouse.refusal.Refusal}, {@link io.gatehouse.refusal.BearerChallenge}. All texts are constants of
 * ours or of the application: nothing of a token reaches an answer.
 */
@NullMarked
package io.gatehouse.refusal;

import org.jspecify.annotations.NullMarked;
