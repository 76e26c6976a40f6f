package io.gatehouse.it.plain;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Looks the token up when it is asked, so that nobody could know beforehand that it would. */
@Path("plain")
public class PlainResource {

    @GET
    @RolesAllowed("user")
    public String guarded(@Context SecurityContext security) {
        return security.getUserPrincipal().getName() + " " + subject();
    }

    @GET
    @Path("open")
    public String open() {
        return subject();
    }

    private static String subject() {
        return "sub=" + CDI.current().select(JsonWebToken.class).get().getSubject();
    }
}
