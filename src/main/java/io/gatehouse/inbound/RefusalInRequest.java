package io.gatehouse.inbound;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A refusal on its way through the container. It is written, and also left in the request, because a container may
 * overrule a mechanism that refuses where the URL itself is not protected (every JAX-RS call is such a one):
 * {@link RefusalFilter} then has the last word. Stateless.
 */
final class RefusalInRequest {

    private static final System.Logger LOG = ApplicationLog.of(RefusalInRequest.class);

    private static final String ATTRIBUTE = Refusal.class.getName();

    private RefusalInRequest() {}

    static Optional<Refusal> leftIn(HttpServletRequest request) {
        return Optional.ofNullable((Refusal) request.getAttribute(ATTRIBUTE));
    }

    static void leave(Refusal refusal, HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, refusal);
    }

    /** May be done twice: as long as nothing is on its way to the caller, the second time replaces the first. */
    static void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(refusal.status());
        refusal.headers().forEach((name, values) -> writeHeader(name, values, response));
        refusal.body(accept(request)).ifPresent(body -> writeBody(body, response));
    }

    private static String accept(HttpServletRequest request) {
        return String.join(",", Collections.list(request.getHeaders("Accept")));
    }

    private static void writeHeader(String name, List<String> values, HttpServletResponse response) {
        for (int i = 0; i < values.size(); i++) {
            if (i == 0) {
                response.setHeader(name, values.get(i));
            } else {
                response.addHeader(name, values.get(i));
            }
        }
    }

    private static void writeBody(String body, HttpServletResponse response) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            response.resetBuffer();
            response.setContentType(Refusal.BODY_TYPE);
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        } catch (IOException | IllegalStateException noBody) {
            // The caller is gone, or something of the application has begun to answer: status and headers have to do.
            LOG.log(System.Logger.Level.DEBUG, "GATE0704 a refusal goes without its body");
        }
    }
}
