package io.gatehouse.http;

import java.io.IOException;

/** An exchange that this room ends itself, for a reason it knows. */
final class GivenUp extends IOException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    GivenUp(Fault fault) {
        super(fault.name());
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
