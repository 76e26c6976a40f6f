package io.gatehouse.benchmarks.application;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Greets whoever calls. */
@Path("hello")
public class OpenResource {

    @GET
    @Produces("text/plain")
    public String hello(@Context SecurityContext security) {
        Principal caller = security.getUserPrincipal();
        return "Hello " + (caller == null ? "stranger" : caller.getName());
    }
}
