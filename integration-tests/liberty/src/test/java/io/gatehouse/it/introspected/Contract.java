package io.gatehouse.it.introspected;

import io.gatehouse.authorization.Introspected;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Goes into the application: a resource's interface, with all its annotations. */
public interface Contract {

    @GET
    @Path("promised")
    @Introspected
    @RolesAllowed("user")
    String promised();
}
