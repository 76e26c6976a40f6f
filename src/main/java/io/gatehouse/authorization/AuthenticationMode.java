package io.gatehouse.authorization;

/** Who finds out who calls a JAX-RS resource. The authorization of the resources is ours in each mode. */
public enum AuthenticationMode {
    /** The container, with the mechanism of this module in it. */
    CONTAINER,
    /** A JAX-RS filter alone; the mechanism lets everything pass that the container itself does not protect. */
    JAXRS,
    /** The container where it let the mechanism take part in the request, else the filter. */
    AUTO
}
