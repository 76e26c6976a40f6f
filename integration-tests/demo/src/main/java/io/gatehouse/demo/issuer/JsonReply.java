package io.gatehouse.demo.issuer;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes JSON that no cache keeps (RFC 6749 §5.1). */
final class JsonReply {

    private JsonReply() {}

    static void send(HttpServletResponse response, int status, JsonObject body) throws IOException {
        byte[] utf8 = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(utf8.length);
        response.getOutputStream().write(utf8);
    }
}
