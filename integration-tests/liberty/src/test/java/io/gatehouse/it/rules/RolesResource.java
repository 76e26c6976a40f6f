package io.gatehouse.it.rules;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Annotations on methods. */
@Path("/roles")
public class RolesResource {

    @Inject
    JsonWebToken token;

    @Context
    SecurityContext security;

    @GET
    @Path("free")
    public String free() {
        return "ok";
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return "ok";
    }

    @GET
    @Path("denied")
    @DenyAll
    public String denied() {
        return "ok";
    }

    @GET
    @Path("empty")
    @RolesAllowed({})
    public String empty() {
        return "ok";
    }

    @GET
    @Path("user")
    @RolesAllowed("user")
    public String user() {
        return "ok";
    }

    @GET
    @Path("either")
    @RolesAllowed({"admin", "user"})
    public String either() {
        return "ok";
    }

    @GET
    @Path("any")
    @RolesAllowed("**")
    public String any() {
        return "ok";
    }

    @GET
    @Path("contradiction")
    @PermitAll
    @RolesAllowed("user")
    public String contradiction() {
        return "ok";
    }

    /** Who calls, as the application sees it in two ways. */
    @GET
    @Path("who")
    @PermitAll
    public String who() {
        String name = security.getUserPrincipal() == null
                ? null
                : security.getUserPrincipal().getName();
        return name + " " + token.getName() + " " + token.getGroups() + " user=" + security.isUserInRole("user")
                + " admin=" + security.isUserInRole("admin") + " any=" + security.isUserInRole("**");
    }
}
