package io.gatehouse.inbound;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;

/** A response that keeps its status and headers, several of one name line by line; a body, a cookie or a redirect is a failure. */
final class FakeResponse {

    private final Map<String, String> headers = new TreeMap<>();
    private int status = HttpServletResponse.SC_OK;
    private boolean committed;

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
                        "addHeader",
                        arguments -> headers.merge(
                                (String) arguments[0],
                                (String) arguments[1],
                                (before, further) -> before + "\n" + further)));
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
