package io.gatehouse.http;

import jakarta.ws.rs.ProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Future;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;
import org.glassfish.jersey.message.internal.Statuses;
import org.jspecify.annotations.Nullable;

/**
 * Carries each of Jersey's requests over a connection of its own: what one peer sends too much or too late can then never
 * be taken for the answer to another request. {@code docs/decisions/0005} says why no client of the JDK does.
 *
 * <p>HTTP/1.1 only; sent once; no redirects, cookies or compression. Thread-safe: nothing is shared between exchanges.
 */
final class SocketConnector implements Connector {

    private final HttpSettings settings;

    SocketConnector(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public ClientResponse apply(ClientRequest request) {
        try {
            return exchange(request);
        } catch (IOException failure) {
            throw new ProcessingException(failure);
        }
    }

    private ClientResponse exchange(ClientRequest request) throws IOException {
        byte[] body = body(request); // before the headers, to which it adds
        Route route = Route.to(request.getUri());
        byte[] bytes = bytes(request, route, body);
        try (Connection connection = Connection.open(route, settings)) {
            connection.send(bytes);
            return answer(request, connection);
        }
    }

    private static byte @Nullable [] body(ClientRequest request) throws IOException {
        if (!request.hasEntity()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.setStreamProvider(contentLength -> bytes);
        request.writeEntity();
        return bytes.toByteArray();
    }

    /** Head and body in one piece, so that they leave together. */
    private static byte[] bytes(ClientRequest request, Route route, byte @Nullable [] body) throws GivenUp {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                RequestHead.of(request.getMethod(), request.getUri(), route, request.getRequestHeaders(), body));
        if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    private ClientResponse answer(ClientRequest request, Connection connection) throws IOException {
        AnswerReader reader = new AnswerReader(connection, settings.maximumResponseSize());
        AnswerReader.Head head = reader.head();
        connection.headIsThere();
        ClientResponse response = new ClientResponse(Statuses.from(head.status()), request);
        head.headers().forEach((name, values) -> response.getHeaders().put(name, values));
        response.setEntityStream(new ByteArrayInputStream(reader.body(head)));
        return response;
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
        throw new UnsupportedOperationException("this room runs its exchanges on its own threads");
    }

    @Override
    public String getName() {
        return "one connection per exchange";
    }

    @Override
    public void close() {
        // nothing outlives an exchange
    }
}
