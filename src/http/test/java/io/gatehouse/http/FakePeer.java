package io.gatehouse.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/** An HTTP peer on loopback that misbehaves as scripted: it works on the bare socket, below any HTTP library. */
final class FakePeer implements Closeable {

    /** What the peer does with one request; throwing ends the connection. */
    interface Script {
        void answer(Request request) throws IOException, InterruptedException;
    }

    /** One request as it came, and the connection to answer on. */
    record Request(String head, String body, Socket socket) {
        private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");

        /** Null at the end of the connection. */
        static Request readFrom(Socket socket, InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    return null;
                }
                head.write(b);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            Matcher length = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
            byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            return new Request(text, new String(body, StandardCharsets.ISO_8859_1), socket);
        }

        String path() {
            return head.split(" ", 3)[1];
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        void trickle(String text) throws IOException, InterruptedException {
            for (char c : text.toCharArray()) {
                send(String.valueOf(c));
                Thread.sleep(20);
            }
        }

        /** Ends the connection in the regular way. */
        void hangUp() throws IOException {
            socket.close();
        }

        /** Ends the connection with a TCP reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Says nothing until the other side has gone. */
        void stall() throws IOException {
            socket.getInputStream().read();
        }
    }

    final CountDownLatch requestSeen = new CountDownLatch(1);
    final CountDownLatch connectionEnded = new CountDownLatch(1);

    private final ServerSocket server;
    private final String scheme;
    private final Script script;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private FakePeer(ServerSocketFactory sockets, String address, String scheme, Script script) throws IOException {
        this.server = sockets.createServerSocket(0, 200, InetAddress.getByName(address));
        this.scheme = scheme;
        this.script = script;
        start(this::accept);
    }

    static FakePeer running(Script script) throws IOException {
        return runningAt("127.0.0.1", script);
    }

    static FakePeer runningAt(String address, Script script) throws IOException {
        return new FakePeer(ServerSocketFactory.getDefault(), address, "http", script);
    }

    static FakePeer runningTls(ServerSocketFactory sockets, Script script) throws IOException {
        return new FakePeer(sockets, "127.0.0.1", "https", script);
    }

    /** Sends the same text to every request. */
    static FakePeer saying(String text) throws IOException {
        return running(request -> request.send(text));
    }

    /** A whole answer with its length. */
    static String ok(String body, String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "HTTP/1.1 200 OK\r\n" + lines + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    URI uri(String pathAndQuery) {
        return uri("127.0.0.1", pathAndQuery);
    }

    URI uri(String host, String pathAndQuery) {
        return URI.create(scheme + "://" + host + ":" + server.getLocalPort() + pathAndQuery);
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.size();
    }

    List<Request> requests() {
        return requests;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (Request request = Request.readFrom(connection, in);
                    request != null;
                    request = Request.readFrom(connection, in)) {
                requests.add(request);
                requestSeen.countDown();
                script.answer(request);
            }
        } catch (IOException | InterruptedException ended) {
            // one side has gone, as scripted
        } finally {
            connectionEnded.countDown();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-peer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
