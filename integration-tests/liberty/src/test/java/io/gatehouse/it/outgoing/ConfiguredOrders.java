package io.gatehouse.it.outgoing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Knows nothing of Gatehouse: the configuration says whose tokens go along. */
@RegisterRestClient(configKey = "configured-orders")
@Produces(MediaType.TEXT_PLAIN)
public interface ConfiguredOrders {

    @GET
    @Path("{resource}")
    String get(@PathParam("resource") String resource);
}
