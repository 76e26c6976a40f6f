package io.gatehouse.demo;

import io.gatehouse.attachment.AuthorizedBy;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;

/** Calls another protected resource for whoever may ask for it, with a token of the application's own. */
@Path("errand")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class ErrandResource {

    @Inject
    @AuthorizedBy("errand")
    WebTarget elsewhere;

    @GET
    @RolesAllowed("user")
    public String errand() {
        try {
            return "They said: " + elsewhere.path("api/hello").request().get(String.class);
        } catch (ProcessingException noTokenOrNoAnswer) {
            throw new ServiceUnavailableException();
        }
    }
}
