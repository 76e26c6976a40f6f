package io.gatehouse.http;

import jakarta.ws.rs.ProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Future;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;
import org.glassfish.jersey.message.internal.Statuses;

/**
 * Carries Jersey's requests over {@code java.net.http}, where an interrupt ends an exchange and closes its connection.
 *
 * <p>Jersey's own connector for it never passes the connect timeout on, which is why there is this one. Nothing of the
 * JVM-wide defaults of {@code HttpURLConnection} applies: no cookies, no authenticator, no foreign host name verifier.
 * HTTP/1.1 only, no redirects. Thread-safe.
 */
final class JdkConnector implements Connector {

    private final HttpClient httpClient;
    private final HttpSettings settings;

    private JdkConnector(HttpClient httpClient, HttpSettings settings) {
        this.httpClient = httpClient;
        this.settings = settings;
    }

    /** Starts the one thread of an {@link HttpClient}, which lives until the connector is garbage. */
    static JdkConnector create(HttpSettings settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The thread inherits the context class loader and must not hold on to that of a web application.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return new JdkConnector(httpClient(settings), settings);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static HttpClient httpClient(HttpSettings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        return builder.build();
    }

    @Override
    public ClientResponse apply(ClientRequest request) {
        HttpRequest httpRequest = httpRequest(request);
        try {
            return clientResponse(
                    request, httpClient.send(httpRequest, head -> new BoundedBody(settings.maximumResponseSize())));
        } catch (IOException failure) {
            throw new ProcessingException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProcessingException(interrupted);
        }
    }

    private HttpRequest httpRequest(ClientRequest request) {
        HttpRequest.BodyPublisher body = body(request); // before the headers, to which it adds
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(request.getUri())
                    .timeout(settings.readTimeout())
                    .method(request.getMethod(), body);
            request.getRequestHeaders().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
            return builder.build();
        } catch (IllegalArgumentException refused) {
            throw new RequestNotSendable(refused);
        }
    }

    private static HttpRequest.BodyPublisher body(ClientRequest request) {
        if (!request.hasEntity()) {
            return HttpRequest.BodyPublishers.noBody();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.setStreamProvider(contentLength -> bytes);
        try {
            request.writeEntity();
        } catch (IOException failure) {
            throw new ProcessingException(failure);
        }
        return HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray());
    }

    private static ClientResponse clientResponse(ClientRequest request, HttpResponse<byte[]> answer) {
        ClientResponse response = new ClientResponse(Statuses.from(answer.statusCode()), request);
        answer.headers().map().forEach((name, values) -> response.getHeaders().put(name, values));
        response.setEntityStream(new ByteArrayInputStream(answer.body()));
        return response;
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
        throw new UnsupportedOperationException("this room runs its exchanges on its own threads");
    }

    @Override
    public String getName() {
        return "java.net.http";
    }

    @Override
    public void close() {
        // Java 17 cannot close an HttpClient: its thread ends once nobody refers to it.
    }

    /** What was to be sent is out of bounds; says nothing about the peer. */
    static final class RequestNotSendable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RequestNotSendable(IllegalArgumentException cause) {
            super(cause);
        }
    }
}
