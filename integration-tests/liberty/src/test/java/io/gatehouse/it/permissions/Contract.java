package io.gatehouse.it.permissions;

import io.gatehouse.authorization.RequiresPermission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Goes into the application: a resource's interface, with all its annotations. */
public interface Contract {

    @GET
    @Path("promised/{id}")
    @RolesAllowed("user")
    @RequiresPermission(resource = "documents/{id}", action = "READ")
    String promised(@PathParam("id") String id);
}
