package io.gatehouse.inbound;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A response that keeps its status and headers, several of one name line by line and its body; a cookie or a redirect is a failure. */
final class FakeResponse {

    private final Map<String, String> headers = new TreeMap<>();
    private int status = HttpServletResponse.SC_OK;
    private final Body body = new Body();
    private boolean committed;

    private static final class Body extends ServletOutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int octet) {
            bytes.write(octet);
        }
    }

    HttpServletResponse response() {
        return Fakes.of(
                HttpServletResponse.class,
                Map.of(
                        "setStatus",
                        arguments -> {
                            status = (int) arguments[0];
                            return null;
                        },
                        "setHeader",
                        arguments -> headers.put((String) arguments[0], (String) arguments[1]),
                        "isCommitted",
                        arguments -> committed,
                        "flushBuffer",
                        arguments -> {
                            committed = true;
                            return null;
                        },
                        "setContentLength",
                        arguments -> headers.put("Content-Length", arguments[0].toString()),
                        "getOutputStream",
                        arguments -> body,
                        "addHeader",
                        arguments -> headers.merge(
                                (String) arguments[0],
                                (String) arguments[1],
                                (before, further) -> before + "\n" + further)));
    }

    /** What was written, as UTF-8. */
    String body() {
        return body.text();
    }

    boolean committed() {
        return committed;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
