package io.gatehouse.benchmarks.application;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources of the WAR, whatever they are. */
@ApplicationPath("api")
public class OpenApplication extends Application {}
