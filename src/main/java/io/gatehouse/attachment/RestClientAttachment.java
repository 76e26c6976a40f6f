package io.gatehouse.attachment;

import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jspecify.annotations.Nullable;

/**
 * Attaches an authorizer to each MicroProfile Rest Client whose interface names one by {@link AuthorizedBy}, or to which the
 * configuration gives one. Found by the Rest Client of the server; loaded by nobody where there is none.
 */
public final class RestClientAttachment implements RestClientListener {

    @Override
    public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
        client(serviceInterface).ifPresent(client -> {
            builder.followRedirects(false);
            builder.register(AuthorizerFeature.of(client));
        });
    }

    private static Optional<OutboundClient> client(Class<?> serviceInterface) {
        AuthorizedBy annotation = serviceInterface.getAnnotation(AuthorizedBy.class);
        AttachmentExtension extension = extension();
        if (extension == null && annotation == null) {
            return Optional.empty();
        }
        if (extension == null) {
            throw new IllegalStateException(
                    serviceInterface.getName() + " is @AuthorizedBy a client, and there is no CDI to ask for it");
        }
        return annotation == null
                ? extension.clients().forRestClient(serviceInterface.getName())
                : Optional.of(extension.named(annotation.value()));
    }

    private static @Nullable AttachmentExtension extension() {
        try {
            return CDI.current().getBeanManager().getExtension(AttachmentExtension.class);
        } catch (IllegalStateException | IllegalArgumentException noCdi) {
            return null;
        }
    }
}
