/**
 * An authorization server in miniature, so that the demo can be tried alone. Its accounts are public knowledge and its
 * keys last as long as the process: never take it for more than a demo.
 *
 * <p>{@link io.gatehouse.demo.issuer.EmbeddedIssuerFilter} keeps it closed as soon as the application trusts another
 * issuer.
 */
package io.gatehouse.demo.issuer;
