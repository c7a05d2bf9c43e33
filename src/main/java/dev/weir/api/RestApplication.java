package dev.weir.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything under {@code /api}. */
@ApplicationPath("/api")
public class RestApplication extends Application {}
