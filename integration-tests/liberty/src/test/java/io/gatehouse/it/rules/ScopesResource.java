package io.gatehouse.it.rules;

import io.gatehouse.authorization.ReadWriteScope;
import io.gatehouse.authorization.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Scopes: of the class, of methods, and by the method of the request. */
@Path("/scopes")
@RequiresScope("read")
public class ScopesResource {

    @GET
    public String ofType() {
        return "ok";
    }

    @GET
    @Path("all")
    @RequiresScope({"read", "write"})
    public String all() {
        return "ok";
    }

    @GET
    @Path("alternatives")
    @RequiresScope({"read", "write"})
    @RequiresScope("all")
    public String alternatives() {
        return "ok";
    }

    @GET
    @Path("permitted")
    @PermitAll
    public String permitted() {
        return "ok";
    }

    @GET
    @Path("role")
    @RolesAllowed("admin")
    public String role() {
        return "ok";
    }

    @GET
    @Path("malformed")
    @RequiresScope("two words")
    public String malformed() {
        return "ok";
    }

    /** Beside the class, not below it. */
    @Path("/read-write")
    @ReadWriteScope
    public static class ReadWrite {

        @GET
        public String read() {
            return "ok";
        }

        @POST
        public String write() {
            return "ok";
        }

        @DELETE
        public String delete() {
            return "ok";
        }
    }
}
