package io.gatehouse.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the head of a request (RFC 9112 §3); what could end a line early, or say where the request ends, is refused. */
final class RequestHead {

    /** Of a header, in answers as well. */
    static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");
    private static final Set<String> NOT_THE_CALLERS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final StringBuilder lines = new StringBuilder();

    private RequestHead() {}

    /** The head of a request, the empty line included. */
    static byte[] of(String method, URI uri, Route route, Map<String, List<String>> headers, byte @Nullable [] body)
            throws GivenUp {
        RequestHead head = new RequestHead();
        head.line(method + ' ' + target(uri, route) + " HTTP/1.1");
        head.line("Host: " + route.authority());
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                head.header(header.getKey(), value);
            }
        }
        if (body != null) {
            head.line("Content-Length: " + body.length);
        }
        return head.line("Connection: close").end();
    }

    /** Asks a proxy for a tunnel to the target (RFC 9110 §9.3.6). */
    static byte[] ofTunnel(Route route) {
        String target = route.host() + ':' + route.port();
        return new RequestHead()
                .line("CONNECT " + target + " HTTP/1.1")
                .line("Host: " + target)
                .end();
    }

    private static String target(URI uri, Route route) {
        URI ascii = URI.create(uri.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String target = ascii.getRawQuery() == null ? path : path + '?' + ascii.getRawQuery();
        return route.proxy() == null || route.secure() ? target : "http://" + route.authority() + target;
    }

    /** Whether a caller may add this header. */
    static boolean takes(String name, String value) {
        return NAME.matcher(name).matches()
                && VALUE.matcher(value).matches()
                && !NOT_THE_CALLERS.contains(name.toLowerCase(Locale.ROOT));
    }

    private void header(String name, String value) throws GivenUp {
        if (!takes(name, value)) {
            throw new GivenUp(Fault.REQUEST_NOT_SENDABLE);
        }
        line(name + ": " + value);
    }

    private RequestHead line(String line) {
        lines.append(line).append("\r\n");
        return this;
    }

    private byte[] end() {
        return line("").lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
