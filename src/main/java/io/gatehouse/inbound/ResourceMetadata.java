package io.gatehouse.inbound;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is published about this application as a protected resource (RFC 9728), or that nothing is. Immutable.
 *
 * <p>All of it is configured: a request says nothing about the name that it should be answered under.
 */
public final class ResourceMetadata {

    private final @Nullable String document;

    private ResourceMetadata(@Nullable String document) {
        this.document = document;
    }

    /** Nothing is published. */
    public static ResourceMetadata none() {
        return new ResourceMetadata(null);
    }

    /** This JSON document is. */
    public static ResourceMetadata of(String document) {
        return new ResourceMetadata(document);
    }

    Optional<String> document() {
        return Optional.ofNullable(document);
    }
}
