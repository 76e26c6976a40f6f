package io.gatehouse.attachment;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;

/**
 * What one injection point sees of a client that all of them share: what it registers is its own, and closing it closes
 * nothing. Thread-safe.
 */
final class InjectedClient implements Client {

    private final Supplier<Client> shared;
    private final List<Consumer<WebTarget>> changes = new CopyOnWriteArrayList<>();

    /** A view; the client itself is made with the first target. */
    InjectedClient(Supplier<Client> shared) {
        this.shared = shared;
    }

    Client shared() {
        return shared.get();
    }

    private WebTarget changed(WebTarget target) {
        changes.forEach(change -> change.accept(target));
        return target;
    }

    private Client with(Consumer<WebTarget> change) {
        changes.add(change);
        return this;
    }

    /** It ends with the application. */
    @Override
    public void close() {
        changes.clear();
    }

    @Override
    public WebTarget target(String uri) {
        return changed(shared.get().target(uri));
    }

    @Override
    public WebTarget target(URI uri) {
        return changed(shared.get().target(uri));
    }

    @Override
    public WebTarget target(UriBuilder builder) {
        return changed(shared.get().target(builder));
    }

    @Override
    public WebTarget target(Link link) {
        return changed(shared.get().target(link));
    }

    @Override
    public Invocation.Builder invocation(Link link) {
        WebTarget target = target(link);
        return link.getType() == null ? target.request() : target.request(link.getType());
    }

    @Override
    public SSLContext getSslContext() {
        return shared.get().getSslContext();
    }

    @Override
    public HostnameVerifier getHostnameVerifier() {
        return shared.get().getHostnameVerifier();
    }

    @Override
    public Configuration getConfiguration() {
        return shared.get().getConfiguration();
    }

    @Override
    public Client property(String name, Object value) {
        return with(target -> target.property(name, value));
    }

    @Override
    public Client register(Class<?> component) {
        return with(target -> target.register(component));
    }

    @Override
    public Client register(Class<?> component, int priority) {
        return with(target -> target.register(component, priority));
    }

    @Override
    public Client register(Class<?> component, Class<?>... contracts) {
        return with(target -> target.register(component, contracts));
    }

    @Override
    public Client register(Class<?> component, Map<Class<?>, Integer> contracts) {
        return with(target -> target.register(component, contracts));
    }

    @Override
    public Client register(Object component) {
        return with(target -> target.register(component));
    }

    @Override
    public Client register(Object component, int priority) {
        return with(target -> target.register(component, priority));
    }

    @Override
    public Client register(Object component, Class<?>... contracts) {
        return with(target -> target.register(component, contracts));
    }

    @Override
    public Client register(Object component, Map<Class<?>, Integer> contracts) {
        return with(target -> target.register(component, contracts));
    }
}
