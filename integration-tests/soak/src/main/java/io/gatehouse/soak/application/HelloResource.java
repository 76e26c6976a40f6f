package io.gatehouse.soak.application;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Greets users by name. */
@Path("hello")
@RequestScoped
public class HelloResource {

    @Inject
    JsonWebToken caller;

    @GET
    @Produces("text/plain")
    @RolesAllowed("user")
    public String hello() {
        return "Hello " + caller.getName();
    }
}
