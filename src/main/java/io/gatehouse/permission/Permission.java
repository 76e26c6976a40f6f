package io.gatehouse.permission;

/**
 * To do something with a resource.
 *
 * @param resourceType what kind of thing the resource is, for servers that want to know; empty for the configured one
 * @param resource the name of the resource: a path whose segments are percent-encoded, such as {@code documents/a%2Fb}
 * @param action what is to be done, such as {@code READ}
 */
public record Permission(String resourceType, String resource, String action) {

    public Permission {
        if (resource.isEmpty() || action.isEmpty()) {
            throw new IllegalArgumentException("a permission names a resource and an action");
        }
    }

    /** A permission on a resource of the configured type. */
    public static Permission of(String resource, String action) {
        return new Permission("", resource, action);
    }
}
