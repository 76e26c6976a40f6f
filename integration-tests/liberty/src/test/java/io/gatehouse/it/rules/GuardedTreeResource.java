package io.gatehouse.it.rules;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** A class whose locators are restricted as a whole. */
@Path("/guarded-tree")
@RolesAllowed("user")
public class GuardedTreeResource {

    @Path("leaf")
    public TreeResource.Leaf leaf() {
        return new TreeResource.Leaf();
    }
}
