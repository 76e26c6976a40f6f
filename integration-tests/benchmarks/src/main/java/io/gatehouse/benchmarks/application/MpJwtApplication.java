package io.gatehouse.benchmarks.application;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** The same, for the server's own feature: it asks for the annotation. */
@ApplicationPath("api")
@LoginConfig(authMethod = "MP-JWT")
public class MpJwtApplication extends Application {}
