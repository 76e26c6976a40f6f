package io.gatehouse.demo;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything under {@code /api} is Jakarta REST; the server finds the resources itself. */
@ApplicationPath("/api")
public class DemoApplication extends Application {}
