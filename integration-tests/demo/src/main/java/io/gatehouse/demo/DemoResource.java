package io.gatehouse.demo;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.jwt.Claim;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** One resource for each kind of door: open, for a role, for another role, and locked. */
@Path("/")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class DemoResource {

    /** Whoever calls, with a token or with a name and a password. */
    @Context
    SecurityContext security;

    @Inject
    JsonWebToken token;

    @Inject
    @Claim(standard = Claims.iss)
    String issuer;

    @GET
    @Path("public")
    @PermitAll
    public String open() {
        return "Anybody may read this.\n";
    }

    @GET
    @Path("hello")
    @RolesAllowed("user")
    public String hello() {
        return "Hello " + name() + ".\n";
    }

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "At your service, " + name() + ".\n";
    }

    @GET
    @Path("me")
    @RolesAllowed("user")
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject me() {
        JsonObjectBuilder answer = Json.createObjectBuilder().add("name", name());
        // A name and a password came without a token. An authorization server that was asked about the token need not
        // say who issued it (RFC 7662 §2.2).
        if (issuer != null) {
            answer.add("issuer", issuer);
        }
        if (token.getGroups() != null) {
            answer.add("groups", Json.createArrayBuilder(token.getGroups()));
        }
        return answer.build();
    }

    private String name() {
        return security.getUserPrincipal().getName();
    }

    @GET
    @Path("denied")
    @DenyAll
    public String denied() {
        return "Nobody may read this.\n";
    }
}
