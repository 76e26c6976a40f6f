package io.gatehouse.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to a target: straight, or through the HTTP proxy that the JVM names for it.
 *
 * @param host as the URL writes it, an IPv6 address in brackets
 * @param port the target's own, also where the URL leaves it out
 * @param proxy whom to connect to instead, or null
 */
record Route(
        String host, int port, boolean secure, @Nullable InetSocketAddress proxy) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65_535;

    static Route to(URI uri) throws GivenUp {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() < 0 ? standardPort(secure) : uri.getPort();
        if (port == 0 || port > LAST_PORT) {
            throw new GivenUp(Fault.REQUEST_NOT_SENDABLE);
        }
        return new Route(uri.getHost(), port, secure, proxyFor(uri));
    }

    private static int standardPort(boolean secure) {
        return secure ? HTTPS : HTTP;
    }

    private static @Nullable InetSocketAddress proxyFor(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> proxies = selector == null ? List.of() : selector.select(uri);
        return !proxies.isEmpty() && proxies.get(0).type() == Proxy.Type.HTTP
                ? (InetSocketAddress) proxies.get(0).address()
                : null;
    }

    /** Host and port as the {@code Host} header wants them. */
    String authority() {
        return port == standardPort(secure) ? host : host + ':' + port;
    }

    /** The host without brackets: what a certificate has to name. */
    String peerName() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Tries the addresses of the name one after the other, until a connection stands. Nothing can cut a look-up short. */
    Socket connect(int timeoutMillis) throws IOException {
        IOException failure = new UnknownHostException();
        for (InetAddress address : InetAddress.getAllByName(proxy == null ? host : proxy.getHostString())) {
            try {
                return connect(new InetSocketAddress(address, proxy == null ? port : proxy.getPort()), timeoutMillis);
            } catch (SocketTimeoutException late) {
                failure = new GivenUp(Fault.CONNECT_TIMEOUT);
            } catch (IOException failed) {
                failure = failed;
            }
        }
        throw failure;
    }

    /** A channel's socket, because that closes itself when its thread is interrupted; a plain one goes on waiting. */
    private static Socket connect(InetSocketAddress address, int timeoutMillis) throws IOException {
        Socket socket = SocketChannel.open().socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, timeoutMillis);
            return socket;
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }
}
