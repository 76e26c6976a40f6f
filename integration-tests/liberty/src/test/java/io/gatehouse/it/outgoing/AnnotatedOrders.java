package io.gatehouse.it.outgoing;

import io.gatehouse.attachment.AuthorizedBy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Says itself whose tokens go along. */
@RegisterRestClient(configKey = "annotated-orders")
@AuthorizedBy("annotated")
@Produces(MediaType.TEXT_PLAIN)
public interface AnnotatedOrders {

    @GET
    @Path("{resource}")
    String get(@PathParam("resource") String resource);
}
