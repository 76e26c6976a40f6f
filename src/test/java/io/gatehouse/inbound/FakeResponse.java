package io.gatehouse.inbound;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A response that keeps its status and headers, several of one name line by line, and body; a cookie or a redirect is a failure. */
final class FakeResponse {

    private final Map<String, String> headers = new TreeMap<>();
    private int status = HttpServletResponse.SC_OK;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String contentType = "";
    private int contentLength = -1;
    private boolean committed;

    HttpServletResponse response() {
        Map<String, Fakes.Answer> answers = new HashMap<>();
        answers.put("setStatus", arguments -> {
            status = (int) arguments[0];
            return null;
        });
        answers.put("setHeader", arguments -> headers.put((String) arguments[0], (String) arguments[1]));
        answers.put("isCommitted", arguments -> committed);
        answers.put("flushBuffer", arguments -> {
            committed = true;
            return null;
        });
        answers.put(
                "addHeader",
                arguments -> headers.merge(
                        (String) arguments[0], (String) arguments[1], (before, further) -> before + "\n" + further));
        answers.put("setContentType", arguments -> {
            contentType = (String) arguments[0];
            return null;
        });
        answers.put("setContentLength", arguments -> {
            contentLength = (int) arguments[0];
            return null;
        });
        answers.put("getOutputStream", arguments -> output());
        answers.put("resetBuffer", arguments -> {
            body.reset();
            return null;
        });
        return Fakes.of(HttpServletResponse.class, answers);
    }

    private ServletOutputStream output() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new AssertionError("not expected");
            }

            @Override
            public void write(int octet) {
                body.write(octet);
            }
        };
    }

    /** As announced; -1 where it was not. */
    int contentLength() {
        return contentLength;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
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
