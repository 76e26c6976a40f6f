package io.gatehouse.soak.application;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources of the WAR, whatever they are. */
@ApplicationPath("api")
public class SoakApplication extends Application {}
