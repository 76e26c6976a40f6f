package io.gatehouse.attachment;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The JAX-RS clients of an application: one for each name, made with its first call, closed with the application. A class
 * of its own, because a server may have no JAX-RS. Thread-safe.
 */
final class JaxrsClients implements AutoCloseable {

    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private boolean closed;

    /** A view; to use it after the application's end is an {@link IllegalStateException}. */
    Client client(OutboundClient outbound) {
        return new InjectedClient(() -> shared(outbound));
    }

    private Client shared(OutboundClient outbound) {
        Client made = clients.get(outbound.name());
        return made == null ? first(outbound) : made;
    }

    private synchronized Client first(OutboundClient outbound) {
        if (closed) {
            throw new IllegalStateException(
                    "the client \"" + outbound.name() + "\" was closed, because the application has ended");
        }
        return clients.computeIfAbsent(outbound.name(), name -> make(outbound));
    }

    /**
     * The question is for Open Liberty: it makes what sends the requests when it is first asked for something, and one for
     * each thread where several ask at once. All but one are left to the garbage collector, with a warning each.
     */
    private static Client make(OutboundClient outbound) {
        Client made = ClientBuilder.newBuilder()
                .connectTimeout(outbound.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(outbound.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .register(AuthorizerFeature.of(outbound))
                .build();
        made.getHostnameVerifier();
        return made;
    }

    /** Where there are several origins, nobody could say which one is meant: the deployment has stopped by then. */
    WebTarget target(OutboundClient outbound) {
        URI origin = outbound.origins()
                .single()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the client \"" + outbound.name() + "\" has not exactly one target"));
        return client(outbound).target(origin);
    }

    /** Beans for what JAX-RS has. */
    void addBeans(AfterBeanDiscovery event, BiFunction<Instance<Object>, Class<?>, OutboundClient> wanted) {
        addBean(event, Client.class, instance -> client(wanted.apply(instance, Client.class)));
        addBean(event, WebTarget.class, instance -> target(wanted.apply(instance, WebTarget.class)));
    }

    private static <T> void addBean(AfterBeanDiscovery event, Class<T> type, Function<Instance<Object>, T> make) {
        event.<T>addBean()
                .id(JaxrsClients.class.getName() + "/" + type.getName())
                .types(type)
                .qualifiers(AuthorizedBy.Literal.of(""))
                .scope(Dependent.class)
                .produceWith(make);
    }

    @Override
    public synchronized void close() {
        closed = true;
        clients.values().forEach(Client::close);
        clients.clear();
    }
}
