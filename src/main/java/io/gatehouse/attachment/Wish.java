package io.gatehouse.attachment;

import io.gatehouse.outbound.TokenClient;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/** A place in the application that names a client, and what it wants of it. */
record Wish(String name, String type, String place) {

    static Wish of(String name, InjectionPoint point) {
        return new Wish(name, provided(point.getType()).getTypeName(), place(point));
    }

    static Wish of(String name, Class<?> restClient) {
        return new Wish(name, restClient.getName(), restClient.getName());
    }

    /** {@code Instance<Client>} and {@code Provider<Client>} want a client, too. */
    private static Type provided(Type type) {
        return type instanceof ParameterizedType provider && provider.getActualTypeArguments().length == 1
                ? provider.getActualTypeArguments()[0]
                : type;
    }

    private static String place(InjectionPoint point) {
        return point.getMember().getDeclaringClass().getName() + "."
                + point.getMember().getName();
    }

    /** What is wrong with it; empty where it can be granted. */
    Optional<String> problem(OutboundClients clients) {
        return clients.named(name)
                .map(this::problem)
                .orElseGet(() -> Optional.of(unknown(name, clients)))
                .map(problem -> "GATE0431 @AuthorizedBy at " + place + ": " + problem);
    }

    private Optional<String> problem(OutboundClient client) {
        if (type.equals(TokenClient.class.getName()) && client.tokenClient() == null) {
            return Optional.of("the client \"" + name + "\" has no token endpoint");
        }
        boolean target = type.equals("jakarta.ws.rs.client.WebTarget"); // by name: a server may have no JAX-RS
        return target && client.origins().single().isEmpty()
                ? Optional.of("a WebTarget needs exactly one origin in gatehouse.clients." + name
                        + ".targets; inject a Client where there are others")
                : Optional.empty();
    }

    static String unknown(String name, OutboundClients clients) {
        return clients.problem(name)
                .map(problem -> "the client \"" + name + "\" cannot be used: " + problem)
                .orElseGet(() -> notThere(name, clients));
    }

    private static String notThere(String name, OutboundClients clients) {
        return "there is no client \"" + name + "\" (gatehouse.clients." + name + ".…); configured are: "
                + (clients.names().isEmpty() ? "none" : String.join(", ", clients.names()));
    }
}
