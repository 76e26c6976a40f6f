/**
 * Why was that refused, and what would have to change? Validators return constants and format nothing; what they refused
 * is read once more here, and only where somebody will see the result.
 *
 * <p>Doors: {@link io.gatehouse.explanation.RefusalLedger} takes note of every refusal and writes the log;
 * {@link io.gatehouse.explanation.TokenExplainer} puts one into words, with what
 * {@link io.gatehouse.explanation.TrustedIssuers} knows of the configuration. Nothing of a token reaches a line but
 * {@code kid}, {@code iss}, {@code aud}, {@code alg}, {@code typ}, {@code exp} and the beginning of a hash, each cut short
 * and cleaned.
 */
@NullMarked
package io.gatehouse.explanation;

import org.jspecify.annotations.NullMarked;
