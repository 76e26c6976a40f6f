package io.gatehouse.it.plain;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All that there is. */
@ApplicationPath("api")
public class PlainApplication extends Application {}
