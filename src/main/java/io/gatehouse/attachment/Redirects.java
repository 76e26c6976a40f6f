package io.gatehouse.attachment;

import jakarta.ws.rs.client.Client;
import java.util.function.BiConsumer;

/**
 * Tells JAX-RS clients not to follow redirects: they take all headers along, to whatever host the answer names.
 */
final class Redirects {

    private static final String OF_JERSEY = "jersey.config.client.followRedirects";
    private static final String OF_CXF = "http.autoredirect";

    private Redirects() {}

    static void switchOff(BiConsumer<String, Object> properties) {
        properties.accept(OF_JERSEY, false);
        properties.accept(OF_CXF, false);
    }

    /**
     * Whether the client follows them all the same. RESTEasy does so below all filters where its builder was told to, and no
     * property switches it off; it is asked by name, since we are not written against it.
     */
    static boolean cannotBeSwitchedOff(Client client) {
        try {
            Object engine = client.getClass().getMethod("httpEngine").invoke(client);
            return Boolean.TRUE.equals(
                    engine.getClass().getMethod("isFollowRedirects").invoke(engine));
        } catch (ReflectiveOperationException anotherImplementation) {
            return false;
        }
    }
}
