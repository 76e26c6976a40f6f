package io.gatehouse.it.outbound;

import io.gatehouse.attachment.AuthorizedBy;
import io.gatehouse.outbound.TokenClient;
import io.gatehouse.outbound.TokenRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;

/** Goes into the application: calls another resource, as each of the clients in the configuration. */
@Path("relay")
@RequestScoped
public class RelayResource {

    @Inject
    @AuthorizedBy("orders")
    Client orders;

    @Inject
    @AuthorizedBy("caller")
    Client caller;

    @Inject
    @AuthorizedBy("signed")
    TokenClient signed;

    @GET
    @Path("own")
    @PermitAll
    public String own(@QueryParam("to") String target) {
        return told(orders, target);
    }

    @GET
    @Path("callers")
    @RolesAllowed("user")
    public String callers(@QueryParam("to") String target) {
        return told(caller, target);
    }

    @GET
    @Path("signed")
    @PermitAll
    public String signed() {
        return signed.clientCredentials(TokenRequest.empty()).match(granted -> "granted", failed -> failed.toString());
    }

    private static String told(Client client, String target) {
        try (Response response = client.target(target).request().get()) {
            return response.getStatus() + " " + response.readEntity(String.class);
        }
    }
}
