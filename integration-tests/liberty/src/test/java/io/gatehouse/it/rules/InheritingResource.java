package io.gatehouse.it.rules;

import jakarta.ws.rs.Path;

/** Annotations that come from an interface and from a superclass. */
@Path("/inheriting")
public class InheritingResource extends RestrictedParent implements Promise {

    @Override
    public String promised() {
        return "ok";
    }

    @Override
    public String overridden() {
        return "ok";
    }
}
