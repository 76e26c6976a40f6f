package io.gatehouse.config;

import org.jspecify.annotations.Nullable;

/**
 * Where an issuer's key files are, as the configuration says it; {@link #toString()} hides the password.
 *
 * @param property the name of the property that names the location
 * @param location a file, a directory or a class path resource
 * @param passwordProperty the name of the property that has the password
 * @param password of a key store, or null
 */
record KeyFileLocation(
        String property,
        String location,
        String passwordProperty,
        @Nullable String password) {
    @Override
    public String toString() {
        return property + "=" + location;
    }
}
