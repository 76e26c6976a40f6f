package io.gatehouse.attachment;

import jakarta.ws.rs.client.Client;
import java.lang.reflect.Method;
import java.util.function.BiConsumer;

/**
 * Tells JAX-RS clients not to follow redirects: they take all headers along, to whatever host the answer names.
 */
final class Redirects {

    private static final String OF_JERSEY = "jersey.config.client.followRedirects";
    private static final String OF_CXF = "http.autoredirect";
    private static final String APACHE_ENGINE =
            "org.jboss.resteasy.client.jaxrs.engines.ManualClosingApacheHttpClient43Engine";

    private Redirects() {}

    static void switchOff(BiConsumer<String, Object> properties) {
        properties.accept(OF_JERSEY, false);
        properties.accept(OF_CXF, false);
    }

    /**
     * Whether the client may follow them all the same. RESTEasy does so below all filters, in its engine, and no property
     * switches it off; it is asked by name, since we are not written against it. Of its engines, those of Apache's client do
     * as they say. Others have no answer, or say no and follow ({@code URLConnectionEngine}).
     */
    static boolean mayBeFollowed(Client client) {
        Method httpEngine;
        try {
            httpEngine = client.getClass().getMethod("httpEngine");
        } catch (NoSuchMethodException anotherImplementation) {
            return false;
        }
        try {
            Object engine = httpEngine.invoke(client);
            return engine == null || !isApache(engine.getClass()) || followsRedirects(engine);
        } catch (ReflectiveOperationException unknown) {
            return true;
        }
    }

    /** All engines of Apache's client have this one above them. */
    private static boolean isApache(Class<?> engine) {
        return engine.getName().equals(APACHE_ENGINE)
                || (engine.getSuperclass() != null && isApache(engine.getSuperclass()));
    }

    private static boolean followsRedirects(Object engine) throws ReflectiveOperationException {
        return !Boolean.FALSE.equals(
                engine.getClass().getMethod("isFollowRedirects").invoke(engine));
    }
}
