package io.gatehouse.it.rules;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Sub-resources, by locators with and without annotations. */
@Path("/tree")
public class TreeResource {

    @Path("free")
    public Leaf free() {
        return new Leaf();
    }

    @Path("guarded")
    @RolesAllowed("admin")
    public Leaf guarded() {
        return new Leaf();
    }

    @Path("{name}")
    public Leaf named(@PathParam("name") String name) {
        return new Leaf();
    }

    @Path("branch/{id: [0-9]+}")
    @RolesAllowed("user")
    public Object branch(@PathParam("id") int id) {
        return new Branch();
    }

    @Path("closed")
    @DenyAll
    public Leaf closed() {
        return new Leaf();
    }

    /** Below a branch. */
    public static class Branch {

        @Path("leaf")
        @RolesAllowed("admin")
        public Leaf leaf() {
            return new Leaf();
        }

        @Path("other")
        public Leaf other() {
            return new Leaf();
        }
    }

    /** At the end. */
    public static class Leaf {

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
        @Path("user")
        @RolesAllowed("user")
        public String user() {
            return "ok";
        }

        @GET
        @Path("any")
        @RolesAllowed("**")
        public String any() {
            return "ok";
        }
    }
}
