package io.gatehouse.benchmarks.http;

import io.gatehouse.benchmarks.application.GuardedResource;
import io.gatehouse.benchmarks.application.MpJwtApplication;
import io.gatehouse.benchmarks.application.OpenApplication;
import io.gatehouse.benchmarks.application.OpenResource;
import io.gatehouse.token.TokenValidator;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The ways in which the resource is guarded. */
enum Deployment {
    /** Not at all: what the server itself costs. */
    OPEN("no security", "open", List.of(OpenApplication.class, OpenResource.class), List.of(), Map.of()),

    /** Not at all, by a server that has the feature for it: what that costs whoever does not use it. */
    UNGUARDED(
            "no security, `appSecurity-5.0` on",
            "unguarded",
            List.of(OpenApplication.class, OpenResource.class),
            List.of(),
            Map.of()),

    /** By the server's own feature. */
    MPJWT(
            "Open Liberty mpJwt-2.1",
            "mpjwt",
            List.of(MpJwtApplication.class, GuardedResource.class),
            List.of(),
            Map.of()),

    /** By Gatehouse's mechanism for the container. */
    GATEHOUSE(
            "Gatehouse",
            "gatehouse",
            List.of(OpenApplication.class, GuardedResource.class),
            List.of(TokenValidator.class, JsonWebToken.class),
            Map.of("GATEHOUSE_MODE", "container")),

    /** By Gatehouse's JAX-RS filter alone. */
    GATEHOUSE_JAXRS(
            "Gatehouse, mode `jaxrs`",
            "gatehouse",
            List.of(OpenApplication.class, GuardedResource.class),
            List.of(TokenValidator.class, JsonWebToken.class),
            Map.of("GATEHOUSE_MODE", "jaxrs")),

    /** By the same filter, on a server without the feature: the application has the API that Gatehouse is written to. */
    GATEHOUSE_ALONE(
            "Gatehouse, no `appSecurity-5.0`",
            "alone",
            List.of(OpenApplication.class, GuardedResource.class),
            List.of(TokenValidator.class, JsonWebToken.class, IdentityStore.class),
            Map.of());

    private final String title;
    private final String serverConfiguration;
    private final List<Class<?>> classes;
    private final List<Class<?>> libraries;
    private final Map<String, String> environment;

    Deployment(
            String title,
            String serverConfiguration,
            List<Class<?>> classes,
            List<Class<?>> libraries,
            Map<String, String> environment) {
        this.title = title;
        this.serverConfiguration = serverConfiguration;
        this.classes = classes;
        this.libraries = libraries;
        this.environment = environment;
    }

    String title() {
        return title;
    }

    /** The resource with its server.xml. */
    String serverXml() {
        return "/liberty/" + serverConfiguration + "/server.xml";
    }

    List<Class<?>> classes() {
        return classes;
    }

    /** A class of each library that goes into the WAR. */
    List<Class<?>> libraries() {
        return libraries;
    }

    Map<String, String> environment() {
        return environment;
    }
}
