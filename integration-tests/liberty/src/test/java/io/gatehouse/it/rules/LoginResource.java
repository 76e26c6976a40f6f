package io.gatehouse.it.rules;

import io.gatehouse.authorization.RequiresAuthentication;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** How, and how long ago, the user logged in. */
@Path("/login")
public class LoginResource {

    @GET
    @Path("any")
    @RequiresAuthentication
    public String any() {
        return "ok";
    }

    @GET
    @Path("gold")
    @RequiresAuthentication(acr = {"gold", "mfa"})
    public String gold() {
        return "ok";
    }

    @GET
    @Path("recent")
    @RequiresAuthentication(maxAge = "PT5M")
    public String recent() {
        return "ok";
    }

    @GET
    @Path("both")
    @RequiresAuthentication(acr = "gold", maxAge = "PT5M")
    public String both() {
        return "ok";
    }

    @GET
    @Path("malformed")
    @RequiresAuthentication(maxAge = "5 minutes")
    public String malformed() {
        return "ok";
    }
}
