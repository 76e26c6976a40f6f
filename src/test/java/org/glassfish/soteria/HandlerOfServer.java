package org.glassfish.soteria;

/** Stands in for a server's own handler: only its name counts. */
public interface HandlerOfServer {}
