package io.gatehouse.it.outgoing;

import io.gatehouse.attachment.AuthorizedBy;
import io.gatehouse.attachment.OutboundClient;
import io.gatehouse.outbound.TokenException;
import io.gatehouse.outbound.TokenRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Goes into the application: calls the application {@code orders} as one of its clients, on behalf of its own caller. */
@Path("shop")
@RequestScoped
@RolesAllowed("user")
public class ShopResource {

    @Inject
    @Any
    Instance<Client> clients;

    @Inject
    @Any
    Instance<OutboundClient> outboundClients;

    @Inject
    @AuthorizedBy("basic")
    WebTarget target;

    @Inject
    @RestClient
    AnnotatedOrders annotated;

    @Inject
    @RestClient
    ConfiguredOrders configured;

    @Context
    UriInfo here;

    private URI orders(String resource) {
        return here.getBaseUri().resolve("/orders/api/" + resource);
    }

    @GET
    @Path("target/hello")
    public Response byTarget() {
        return passOn(target.path("orders/api/hello"));
    }

    @GET
    @Path("annotated/{resource}")
    public String byAnnotatedInterface(@PathParam("resource") String resource) {
        return annotated.get(resource);
    }

    @GET
    @Path("configured/{resource}")
    public String byConfiguredInterface(@PathParam("resource") String resource) {
        return configured.get(resource);
    }

    @GET
    @Path("{client}/{resource}")
    public Response byName(@PathParam("client") String client, @PathParam("resource") String resource) {
        return passOn(clients.select(AuthorizedBy.Literal.of(client)).get().target(orders(resource)));
    }

    private static Response passOn(WebTarget called) {
        try (Response answer = called.request().get()) {
            return Response.status(answer.getStatus())
                    .entity(answer.readEntity(String.class))
                    .build();
        } catch (ProcessingException failed) {
            return Response.status(Response.Status.BAD_GATEWAY)
                    .entity(reason(failed.getCause()))
                    .build();
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof TokenException noToken
                ? noToken.failure().getClass().getSimpleName() + ": " + noToken.getMessage()
                : String.valueOf(cause);
    }

    /** Has the token revoked that goes along with calls. */
    @POST
    @Path("{client}/revocation")
    public String revoke(@PathParam("client") String name) {
        OutboundClient client =
                outboundClients.select(AuthorizedBy.Literal.of(name)).get();
        String header = client.authorizer().authorization(orders("hello")).orElseThrow();
        return client.tokenClient()
                .revoke(header.substring("Bearer ".length()), TokenRequest.empty())
                .toString();
    }
}
