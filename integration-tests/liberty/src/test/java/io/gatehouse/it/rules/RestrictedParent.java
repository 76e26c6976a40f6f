package io.gatehouse.it.rules;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Restricted as a whole, and in part. */
@RolesAllowed("admin")
public class RestrictedParent {

    @GET
    @Path("parent")
    public String parent() {
        return "ok";
    }

    @GET
    @Path("overridden")
    @DenyAll
    public String overridden() {
        return "ok";
    }
}
