package io.gatehouse.soak.application;

import io.gatehouse.attachment.AuthorizedBy;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;

/** Calls another protected resource with a token of its own, and answers as that does; 503 where that cannot be asked. */
@Path("relay")
@RequestScoped
public class RelayResource {

    @Inject
    @AuthorizedBy("orders")
    Client orders;

    @GET
    @RolesAllowed("user")
    public Response relay(@QueryParam("to") String target) {
        try (Response response = orders.target(target).request().get()) {
            return Response.status(response.getStatus()).build();
        } catch (ProcessingException unreachable) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
        }
    }
}
