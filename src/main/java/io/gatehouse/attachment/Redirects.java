package io.gatehouse.attachment;

import java.util.function.BiConsumer;

/**
 * Tells JAX-RS clients not to follow redirects: they take all headers along, to whatever host the answer names. RESTEasy
 * does not follow them by itself.
 */
final class Redirects {

    private static final String OF_JERSEY = "jersey.config.client.followRedirects";
    private static final String OF_CXF = "http.autoredirect";

    private Redirects() {}

    static void switchOff(BiConsumer<String, Object> properties) {
        properties.accept(OF_JERSEY, false);
        properties.accept(OF_CXF, false);
    }
}
