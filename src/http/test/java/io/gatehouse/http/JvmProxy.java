package io.gatehouse.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Names a proxy to the whole JVM until it is closed. */
final class JvmProxy extends ProxySelector implements AutoCloseable {

    private final ProxySelector before = ProxySelector.getDefault();
    private final AtomicInteger asked = new AtomicInteger();
    private final Proxy proxy;

    private JvmProxy(Proxy proxy) {
        this.proxy = proxy;
    }

    static JvmProxy at(FakePeer peer) {
        return naming(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", peer.port())));
    }

    static JvmProxy naming(Proxy proxy) {
        JvmProxy set = new JvmProxy(proxy);
        ProxySelector.setDefault(set);
        return set;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public List<Proxy> select(URI uri) {
        asked.incrementAndGet();
        return List.of(proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

    @Override
    public void close() {
        ProxySelector.setDefault(before);
    }
}
