package io.gatehouse.it.roles;

import io.gatehouse.caller.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.stream.Collectors;

/** Goes into the application: what its code is told of the caller, and what it asks him for. One bean for all callers. */
@Path("caller")
@ApplicationScoped
public class CallerResource {

    @Inject
    Caller caller;

    @GET
    public String all() {
        return "authenticated=" + caller.isAuthenticated() + " name=" + caller.name() + " display="
                + caller.displayName() + " id=" + caller.identifier() + " issuer="
                + caller.issuerName().orElse("-") + " client="
                + caller.clientId().orElse("-") + " isClient="
                + caller.isClient() + " isUser=" + caller.isUser() + " acr="
                + caller.acr().orElse("-") + " roles="
                + caller.roles().stream().sorted().collect(Collectors.joining(",")) + " scopes="
                + caller.scopes().stream().sorted().collect(Collectors.joining(",")) + " realm="
                + caller.strings("realm_access.roles") + " level="
                + caller.integer("realm_access.level").orElse(-1);
    }

    /** Before and after a logout. */
    @GET
    @Path("leaving")
    public String leaving(@Context HttpServletRequest request) throws ServletException {
        boolean before = caller.isAuthenticated();
        request.logout();
        return before + " " + caller.isAuthenticated();
    }

    @GET
    @Path("series")
    @RolesAllowed("time_series:read")
    public String series() {
        return "series";
    }

    @GET
    @Path("audit")
    @RolesAllowed("auditor")
    public String audit() {
        return "audit";
    }

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }
}
