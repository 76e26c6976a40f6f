/**
 * Gatehouse lets the right callers into a Jakarta EE application, and sends its own calls out with the right tokens. Each
 * package below is a room with one or two doors; docs/architecture.md has the map.
 *
 * <p>One request coming in: {@code inbound} finds the credential, {@code token} decides about it, with {@code jwt} and
 * {@code keys} for a seal and {@code introspection} for asking the issuer; {@code roles} says what the caller is called here,
 * and {@code authorization} (with {@code permission}) whether he may. A refusal is made by {@code refusal} and put into
 * words by {@code explanation}.
 *
 * <p>One call going out: {@code attachment} puts a header on it, for the configured origins only; {@code outbound} gets and
 * renews the token that is in it.
 *
 * <p>{@code config} reads the configuration and puts the rooms together; nothing imports it.
 */
package io.gatehouse;
