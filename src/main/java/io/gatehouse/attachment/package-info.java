/**
 * How the letter gets into the envelope: tokens of {@link io.gatehouse.outbound} on the calls of JAX-RS clients,
 * MicroProfile Rest Clients and {@code java.net.http}, and by injection. Sees to it that they go to their origins only.
 *
 * <p>Doors: {@link io.gatehouse.attachment.AuthorizedBy}, {@link io.gatehouse.attachment.OutboundClient}, {@link
 * io.gatehouse.attachment.AuthorizerFeature}, {@link io.gatehouse.attachment.AuthorizedHttpClient}, {@link
 * io.gatehouse.attachment.AuthorizedOrigins}.
 */
@NullMarked
package io.gatehouse.attachment;

import org.jspecify.annotations.NullMarked;
