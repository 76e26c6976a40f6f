package io.gatehouse.it.permissions;

import io.gatehouse.authorization.RequiresPermission;
import io.gatehouse.permission.Permission;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.token.ValidatedToken;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Goes into the application: resource methods that need a permission. */
@Path("permissions")
@RequestScoped
public class PermissionResource implements Contract {

    @Inject
    PermissionDecider permissions;

    @Inject
    Provider<ValidatedToken> caller;

    @GET
    @Path("free")
    @RolesAllowed("user")
    public String free() {
        return "free";
    }

    @GET
    @Path("clerks")
    @RolesAllowed("clerk")
    public String clerks() {
        return "clerks";
    }

    @GET
    @Path("documents/{id}")
    @RolesAllowed("user")
    @RequiresPermission(resource = "documents/{id}", action = "READ")
    public String read(@PathParam("id") String id) {
        return id;
    }

    @GET
    @Path("open/{id}")
    @PermitAll
    @RequiresPermission(resource = "documents/{id}", action = "READ")
    public String open(@PathParam("id") String id) {
        return id;
    }

    @GET
    @Path("several/{id}/{other}")
    @RolesAllowed("user")
    @RequiresPermission(resource = "documents/{id}", action = "READ")
    @RequiresPermission(resource = "documents/{other}", action = "READ")
    public String several(@PathParam("id") String id, @PathParam("other") String other) {
        return id + other;
    }

    @GET
    @Path("mistaken/{id}")
    @RolesAllowed("user")
    @RequiresPermission(resource = "documents/{nothing}", action = "READ")
    public String mistaken() {
        return "mistaken";
    }

    @Override
    public String promised(String id) {
        return id;
    }

    @GET
    @Path("code/{id}")
    @PermitAll
    public String code(@PathParam("id") String id) {
        ValidatedToken token = caller.get();
        return token == null
                ? "nobody"
                : permissions
                        .decide(token, Permission.of("documents/" + id, "READ"))
                        .match(() -> "allowed", () -> "denied", unavailable -> "unavailable");
    }

    @Path("below/{id}")
    public Below below() {
        return new Below();
    }

    /** A sub-resource, which only the locator leads to. */
    @RequiresPermission(resource = "documents/{id}", action = "READ")
    public static class Below {

        @GET
        public String get(@PathParam("id") String id) {
            return id;
        }
    }
}
