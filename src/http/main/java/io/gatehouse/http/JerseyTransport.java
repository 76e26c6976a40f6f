package io.gatehouse.http;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes one exchange on the calling thread and reads the answer. Keeping time is the business of {@link ExchangeWorkers}.
 *
 * <p>Thread-safe. The Jersey client comes into being with the first exchange.
 */
final class JerseyTransport {

    private static final int OK = 200;

    private final HttpSettings settings;
    private final Clock clock;
    private final Object lock = new Object();
    private @Nullable Client client;
    private boolean closed;

    JerseyTransport(HttpSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Sends a GET, or a POST where there is a body. Throws for nothing that the peer does. */
    FetchResult exchange(URI uri, @Nullable RequestBody body, Map<String, String> headers) {
        Client ready = client();
        if (ready == null) {
            return Fault.CLOSED.result();
        }
        try (Response response = send(request(ready, uri, headers), body)) {
            return read(response);
        } catch (RuntimeException noAnswer) { // Jersey's, with what failed as its cause
            return (isClosed() ? Fault.CLOSED : Fault.of(noAnswer)).result();
        }
    }

    private static Invocation.Builder request(Client client, URI uri, Map<String, String> headers) {
        Invocation.Builder request = client.target(uri).request();
        headers.forEach(request::header);
        if (!names(headers, HttpHeaders.ACCEPT)) {
            request.header(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
        }
        return names(headers, HttpHeaders.USER_AGENT) ? request : request.header(HttpHeaders.USER_AGENT, "Gatehouse");
    }

    private static boolean names(Map<String, String> headers, String name) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    private static Response send(Invocation.Builder request, @Nullable RequestBody body) {
        return body == null ? request.get() : request.post(Entity.entity(body.bytes(), body.mediaType()));
    }

    private FetchResult read(Response response) {
        if (!HeaderValues.isIdentity(values(response, HttpHeaders.CONTENT_ENCODING))) {
            return Fault.BODY_COMPRESSED.result();
        }
        byte[] body = body(response);
        String contentType = String.join(", ", values(response, HttpHeaders.CONTENT_TYPE));
        return response.getStatus() == OK
                ? new FetchResult.Ok(
                        body,
                        contentType,
                        HeaderValues.maxAge(values(response, HttpHeaders.CACHE_CONTROL)),
                        HeaderValues.date(response.getHeaderString(HttpHeaders.DATE)))
                : new FetchResult.Refused(
                        response.getStatus(),
                        body,
                        contentType,
                        HeaderValues.retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER), clock),
                        HeaderValues.date(response.getHeaderString(HttpHeaders.DATE)));
    }

    /** Past Jersey's readers, which would trip over a content type that makes no sense. */
    private static byte[] body(Response response) {
        try (InputStream bytes = (InputStream) response.getEntity()) {
            return bytes.readAllBytes();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static List<String> values(Response response, String header) {
        return response.getStringHeaders().getOrDefault(header, List.of());
    }

    private @Nullable Client client() {
        synchronized (lock) {
            if (client == null && !closed) {
                client = jerseyClient();
            }
            return client;
        }
    }

    private Client jerseyClient() {
        ClientConfig config = new ClientConfig()
                .connectorProvider((client, configuration) -> new SocketConnector(settings))
                .property(ClientProperties.FOLLOW_REDIRECTS, false)
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(CommonProperties.PROVIDER_DEFAULT_DISABLE, "ALL"); // else it warns of classes they lack
        return new JerseyClientBuilder().withConfig(config).build();
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Refuses further exchanges; those that run come back as soon as their thread is interrupted. */
    void close() {
        synchronized (lock) {
            closed = true;
            if (client != null) {
                client.close();
                client = null;
            }
        }
    }
}
