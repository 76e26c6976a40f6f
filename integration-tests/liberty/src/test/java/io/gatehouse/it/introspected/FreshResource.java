package io.gatehouse.it.introspected;

import io.gatehouse.authorization.Introspected;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Goes into the application: resource methods that want fresher news of the token than others. */
@Path("fresh")
public class FreshResource implements Contract {

    @Context
    SecurityContext security;

    private String caller() {
        return security.getUserPrincipal() == null
                ? "nobody"
                : security.getUserPrincipal().getName();
    }

    @GET
    @Path("any")
    @RolesAllowed("user")
    public String any() {
        return caller();
    }

    @GET
    @Path("now")
    @Introspected
    @RolesAllowed("user")
    public String now() {
        return caller();
    }

    @GET
    @Path("recent")
    @Introspected(maxAge = "PT10M")
    @RolesAllowed("user")
    public String recent() {
        return caller();
    }

    @GET
    @Path("open")
    @Introspected
    @PermitAll
    public String open() {
        return caller();
    }

    @Override
    public String promised() {
        return caller();
    }

    @Path("below")
    public Below below() {
        return new Below(caller());
    }

    /** A sub-resource, which only the locator leads to. */
    @Introspected
    public static class Below {

        private final String caller;

        Below(String caller) {
            this.caller = caller;
        }

        @GET
        public String get() {
            return caller;
        }
    }
}
