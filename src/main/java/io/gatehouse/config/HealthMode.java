package io.gatehouse.config;

/** What the application's readiness says of its issuers. */
enum HealthMode {
    /** Nothing: there is no check. */
    OFF,
    /** How they are doing; but the application is ready all the same. */
    DEGRADED,
    /** The same, and that the application is not ready while tokens of an issuer get 503. */
    DOWN
}
