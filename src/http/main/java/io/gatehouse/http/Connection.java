package io.gatehouse.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one exchange: opened for it, closed after it, never used again. An interrupt of its thread closes it,
 * whatever it is waiting for.
 */
final class Connection implements Closeable {

    private static final int OK_CLASS = 2;

    private final Socket tcp;
    private final long headDue;
    private boolean headSeen;
    private Socket peer; // the TCP socket itself, or TLS over it

    private Connection(Socket tcp, Duration readTimeout) {
        this.tcp = tcp;
        this.peer = tcp;
        this.headDue = System.nanoTime() + TimeUnit.NANOSECONDS.convert(readTimeout);
    }

    static Connection open(Route route, HttpSettings settings) throws IOException {
        Socket tcp = route.connect(millis(TimeUnit.NANOSECONDS.convert(settings.connectTimeout())));
        Connection connection = new Connection(tcp, settings.readTimeout());
        try {
            if (route.secure()) {
                connection.secure(route, settings.sslContext());
            }
            return connection;
        } catch (IOException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private void secure(Route route, @Nullable SSLContext context) throws IOException {
        if (route.proxy() != null) {
            tunnel(route);
        }
        SSLContext trust = context == null ? defaultContext() : context;
        SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(tcp, route.peerName(), route.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tcp.setSoTimeout(headMillisLeft());
        tls.startHandshake();
        peer = tls;
    }

    /** What a proxy sends behind its head would be lost: the other side of a tunnel does not speak first in TLS. */
    private void tunnel(Route route) throws IOException {
        send(RequestHead.ofTunnel(route));
        if (new AnswerReader(this, 0).head().status() / 100 != OK_CLASS) {
            throw new GivenUp(Fault.CONNECT_FAILED);
        }
    }

    private static SSLContext defaultContext() throws SSLException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException none) {
            throw new SSLException(none);
        }
    }

    /** What the peer has shown; null without TLS. */
    @Nullable ServerCertificate certificate() throws SSLException {
        return peer instanceof SSLSocket tls
                ? ServerCertificate.own(tls.getSession().getPeerCertificates())
                : null;
    }

    void send(byte[] bytes) throws IOException {
        peer.getOutputStream().write(bytes);
    }

    /** Like {@link InputStream#read(byte[])}; until the head is there, only as long as it may take. */
    int read(byte[] buffer) throws IOException {
        tcp.setSoTimeout(headSeen ? 0 : headMillisLeft());
        return peer.getInputStream().read(buffer);
    }

    private int headMillisLeft() throws SocketTimeoutException {
        long left = headDue - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return millis(left);
    }

    /** At least one, because zero stands for ever. */
    private static int millis(long nanos) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    /** From here on only the time of the whole exchange counts. */
    void headIsThere() {
        headSeen = true;
    }

    /** Past TLS, whose own way to close a connection may read and write and so wait for the peer. */
    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
