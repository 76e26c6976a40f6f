package io.gatehouse.attachment;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the application made it, so that it can be made once more, with the client's filters and providers as the
 * first time. {@link #toString()} shows nothing of it.
 */
final class RequestAsMade {

    /** What the entity says anew. */
    private static final List<String> OF_ENTITY = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_LENGTH);

    private final String method;
    private final URI uri;
    private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    private final Map<String, Object> properties = new HashMap<>();
    private final @Nullable Entity<?> entity;
    private final boolean repeatable;

    private RequestAsMade(ClientRequestContext request, @Nullable Entity<?> entity, boolean repeatable) {
        this.method = request.getMethod();
        this.uri = request.getUri();
        this.entity = entity;
        this.repeatable = repeatable;
        request.getHeaders().forEach((name, values) -> headers.addAll(name, List.copyOf(values)));
        headers.keySet().removeIf(name -> OF_ENTITY.stream().anyMatch(name::equalsIgnoreCase));
        request.getPropertyNames().forEach(name -> properties.put(name, request.getProperty(name)));
    }

    static RequestAsMade of(ClientRequestContext request) {
        if (!request.hasEntity()) {
            return new RequestAsMade(request, null, true);
        }
        return RepeatableEntity.isRepeatable(request)
                ? new RequestAsMade(request, RepeatableEntity.of(request), true)
                : new RequestAsMade(request, null, false);
    }

    /** Whether making it once more sends the same: a stream that was read is empty. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Makes it once more, marked by this property; by the client of the first attempt, and with what that knew besides. */
    Response repeat(ClientRequestContext first, String mark) {
        WebTarget target = first.getClient().target(uri);
        configureLike(first.getConfiguration(), first.getClient().getConfiguration(), target);
        Invocation.Builder builder = target.request().headers(headers);
        properties.forEach(builder::property);
        builder.property(mark, true);
        return entity == null ? builder.method(method) : builder.method(method, entity);
    }

    /**
     * What was registered with the target alone. Features have registered what they have to by now, and that is among the
     * components.
     */
    private static void configureLike(Configuration whole, Configuration known, WebTarget target) {
        whole.getInstances().stream()
                .filter(component -> !(component instanceof Feature) && !known.isRegistered(component))
                .forEach(component -> target.register(component, whole.getContracts(component.getClass())));
        whole.getClasses().stream()
                .filter(component -> !Feature.class.isAssignableFrom(component) && !known.isRegistered(component))
                .forEach(component -> target.register(component, whole.getContracts(component)));
        whole.getProperties().forEach((name, value) -> {
            if (!value.equals(known.getProperty(name))) {
                target.property(name, value);
            }
        });
    }

    @Override
    public String toString() {
        return "RequestAsMade[" + method.toUpperCase(Locale.ROOT) + "]";
    }
}
