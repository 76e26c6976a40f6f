package io.gatehouse.attachment;

import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.TokenClient;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code @Inject @AuthorizedBy("name")} work, and knows the clients for whoever attaches one elsewhere. Found by CDI;
 * one instance per application. Does no I/O.
 */
public class AttachmentExtension implements Extension {

    private final List<Wish> wishes = new ArrayList<>();
    private final @Nullable JaxrsClients jaxrs = jaxrs();
    private volatile @Nullable OutboundClients clients;

    /** Null where the server has no JAX-RS. */
    private static @Nullable JaxrsClients jaxrs() {
        try {
            Class.forName("jakarta.ws.rs.client.ClientBuilder", false, AttachmentExtension.class.getClassLoader());
            return new JaxrsClients();
        } catch (ClassNotFoundException none) {
            return null;
        }
    }

    /**
     * Takes the clients of the configuration, when the deployment is validated.
     *
     * @return what keeps the application from being deployed: sentences that say where it is and which names there are
     */
    public List<String> attach(OutboundClients configured) {
        clients = configured;
        return wishes.stream()
                .map(wish -> wish.problem(configured))
                .flatMap(Optional::stream)
                .toList();
    }

    <T, X> void seeInjectionPoint(@Observes ProcessInjectionPoint<T, X> event) {
        InjectionPoint point = event.getInjectionPoint();
        name(point).ifPresent(name -> wishes.add(Wish.of(name, point)));
    }

    <T> void seeRestClient(@Observes @WithAnnotations(AuthorizedBy.class) ProcessAnnotatedType<T> event) {
        Class<T> type = event.getAnnotatedType().getJavaClass();
        AuthorizedBy annotation = event.getAnnotatedType().getAnnotation(AuthorizedBy.class);
        if (type.isInterface() && annotation != null) {
            wishes.add(Wish.of(annotation.value(), type));
        }
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        addBean(event, OutboundClient.class, client -> client);
        addBean(event, Authorizer.class, OutboundClient::authorizer);
        addBean(event, TokenClient.class, AttachmentExtension::tokenClient);
        if (jaxrs != null) {
            jaxrs.addBeans(event, (instance, type) -> wanted(instance));
        }
    }

    private <T> void addBean(AfterBeanDiscovery event, Class<T> type, Function<OutboundClient, T> of) {
        event.<T>addBean()
                .id(AttachmentExtension.class.getName() + "/" + type.getName())
                .types(type)
                .qualifiers(AuthorizedBy.Literal.of(""))
                .scope(Dependent.class)
                .produceWith(instance -> of.apply(wanted(instance)));
    }

    private static TokenClient tokenClient(OutboundClient client) {
        TokenClient tokenClient = client.tokenClient();
        if (tokenClient == null) {
            throw new IllegalArgumentException("the client \"" + client.name() + "\" has no token endpoint");
        }
        return tokenClient;
    }

    private OutboundClient wanted(Instance<Object> instance) {
        return name(instance.select(InjectionPoint.class).get())
                .map(this::named)
                .orElseThrow(() -> new IllegalArgumentException("@AuthorizedBy is missing"));
    }

    private static Optional<String> name(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(AuthorizedBy.class::isInstance)
                .map(qualifier -> ((AuthorizedBy) qualifier).value())
                .findFirst();
    }

    /** The client of this name; names in annotations were checked, those in code were not. */
    OutboundClient named(String name) {
        OutboundClients configured = clients();
        return configured.named(name).orElseThrow(() -> new IllegalArgumentException(Wish.unknown(name, configured)));
    }

    OutboundClients clients() {
        OutboundClients configured = clients;
        if (configured == null) {
            throw new IllegalStateException("a client was used before the deployment was validated");
        }
        return configured;
    }

    void beforeShutdown(@Observes BeforeShutdown event) {
        if (jaxrs != null) {
            jaxrs.close();
            ResteasyFactories.forget();
        }
    }
}
