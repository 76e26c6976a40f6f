package io.gatehouse.it;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request that a well-behaved client would not send. */
final class RawRequest {

    private static final int PATIENCE_MILLIS = 30_000;

    private RawRequest() {}

    /**
     * Sends the lines, a character a byte, and returns the whole answer.
     *
     * @param headers each with its line break
     */
    static String send(String requestLine, String... headers) {
        String text = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n" + String.join("", headers) + "\r\n";
        try (Socket socket = new Socket(Demo.at("/").getHost(), Demo.at("/").getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException noAnswer) {
            throw new AssertionError("no answer", noAnswer);
        }
    }

    static int statusOf(String answer) {
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
}
