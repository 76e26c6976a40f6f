package io.gatehouse.it.rules;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What JAX-RS takes its own annotations from. */
public interface Promise {

    @GET
    @Path("promised")
    @RolesAllowed("user")
    String promised();
}
