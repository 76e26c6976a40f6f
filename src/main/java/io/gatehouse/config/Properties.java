package io.gatehouse.config;

import java.util.Optional;

/** Where properties come from: MicroProfile Config in an application, a map in a test. */
interface Properties {

    /** The property's value with white space at its ends removed; empty where it is not set, or set to nothing. */
    Optional<String> value(String name);

    /** The names of all properties that are set. */
    Iterable<String> names();
}
