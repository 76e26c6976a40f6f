package io.gatehouse.it.rules;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Annotations on a class, and on methods that come before it. */
@Path("/type")
@RequestScoped
@RolesAllowed("user")
public class TypeResource {

    @GET
    public String plain() {
        return "ok";
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return "ok";
    }

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "ok";
    }

    @GET
    @Path("denied")
    @DenyAll
    public String denied() {
        return "ok";
    }
}
