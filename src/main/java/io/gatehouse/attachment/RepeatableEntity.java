package io.gatehouse.attachment;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.Flow;

/** Tells entities that JAX-RS can write twice from those that are used up by the first time. */
final class RepeatableEntity {

    private RepeatableEntity() {}

    static boolean isRepeatable(ClientRequestContext request) {
        MediaType type = request.getMediaType();
        boolean multipart = type != null && type.getType().equalsIgnoreCase("multipart"); // its parts may be streams
        return !multipart && isRepeatable(request.getEntity());
    }

    /** Streams, readers and whatever else has to be closed are {@code AutoCloseable}. */
    private static boolean isRepeatable(Object entity) {
        if (entity instanceof Collection<?> elements) {
            return elements.stream().allMatch(element -> element == null || isRepeatable(element));
        }
        return !(entity instanceof AutoCloseable
                || entity instanceof StreamingOutput
                || entity instanceof Iterator<?>
                || entity instanceof Readable
                || entity instanceof Flow.Publisher<?>);
    }

    static Entity<?> of(ClientRequestContext request) {
        MediaType type =
                request.getMediaType() == null ? MediaType.APPLICATION_OCTET_STREAM_TYPE : request.getMediaType();
        Variant variant =
                new Variant(type, request.getLanguage(), request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
        return Entity.entity(typed(request), variant, request.getEntityAnnotations());
    }

    /** {@code List<Order>} is more than {@code ArrayList}: providers look at it. */
    private static Object typed(ClientRequestContext request) {
        return request.getEntityType() instanceof Class<?>
                ? request.getEntity()
                : new GenericEntity<>(request.getEntity(), request.getEntityType());
    }
}
