package io.gatehouse.benchmarks.application;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Greets users by name. */
@Path("hello")
public class GuardedResource {

    @GET
    @Produces("text/plain")
    @RolesAllowed("user")
    public String hello(@Context SecurityContext security) {
        return "Hello " + security.getUserPrincipal().getName();
    }
}
