package io.gatehouse.attachment;

import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The answer that nobody has read yet, and whose place another one takes. */
final class FirstAnswer {

    /** Refusals are short; of a longer one the connection is not used again, that is all. */
    private static final int READ = 65_536;

    private final ClientResponseContext context;
    private final InputStream body;

    private FirstAnswer(ClientResponseContext context, InputStream body) {
        this.context = context;
        this.body = body;
    }

    /**
     * Reads to the end, so that the connection is free for the second attempt. To close the stream is no way: RESTEasy then
     * takes the whole answer for closed.
     */
    static FirstAnswer of(ClientResponseContext context) throws IOException {
        InputStream body = context.hasEntity() ? context.getEntityStream() : InputStream.nullInputStream();
        body.readNBytes(READ);
        return new FirstAnswer(context, body);
    }

    void replaceBy(Response second) {
        context.setStatusInfo(second.getStatusInfo());
        context.getHeaders().clear();
        context.getHeaders().putAll(second.getStringHeaders());
        context.setEntityStream(new Body(body, second));
    }

    /** Holds on to both answers: implementations end the connection of one that nobody has any more. */
    private static final class Body extends FilterInputStream {

        private final InputStream first;
        private final Response second;

        Body(InputStream first, Response second) {
            super(second.hasEntity() ? second.readEntity(InputStream.class) : InputStream.nullInputStream());
            this.first = first;
            this.second = second;
        }

        @Override
        public void close() throws IOException {
            try (first) {
                super.close();
            } finally {
                second.close();
            }
        }
    }
}
