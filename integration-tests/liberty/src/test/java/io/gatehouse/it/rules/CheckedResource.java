package io.gatehouse.it.rules;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Rules of the application's own. */
@Path("/checked")
public class CheckedResource {

    @GET
    @Path("pass")
    @FailingCheck.Checked("pass")
    public String pass() {
        return "ok";
    }

    @GET
    @Path("refuse")
    @FailingCheck.Checked("refuse")
    public String refuse() {
        return "ok";
    }

    @GET
    @Path("fail")
    @FailingCheck.Checked("fail")
    public String fail() {
        return "ok";
    }
}
