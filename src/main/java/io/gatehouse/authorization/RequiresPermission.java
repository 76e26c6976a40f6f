package io.gatehouse.authorization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks another server ({@code gatehouse.permissions.*}) whether the caller may do this with that resource, before a
 * resource method runs. Without a caller the answer is 401, without the permission 403, and 503 where nobody can tell.
 *
 * <p>Several on one method or type are all needed. On a class or interface they hold for all resource methods of the
 * classes that extend or implement it, on a method for that method and whatever overrides it; those of a method come
 * instead of those of a type, and the nearest ones instead of those further up. A method that overrides cannot take them
 * off. On a sub-resource locator they do nothing: they belong on the resource methods that the locator leads to, or on
 * their class.
 *
 * <p>Callers who were let in without a token (by name and password, say) have no permissions.
 */
@Documented
@Inherited
@Repeatable(RequiresPermission.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresPermission {

    /**
     * The name of the resource, with path parameters of the request in braces: {@code documents/{id}}. The value of a
     * parameter is percent-encoded as one segment, its slashes too: {@code a/b c} becomes {@code a%2Fb%20c}.
     */
    String resource();

    /** What is to be done with it, such as {@code READ}. */
    String action();

    /** What kind of thing the resource is, for AuthZEN; the default is {@code gatehouse.permissions.resource-type}. */
    String resourceType() default "";

    /** Several permissions, all of which are needed. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface All {

        /** The permissions. */
        RequiresPermission[] value();
    }
}
