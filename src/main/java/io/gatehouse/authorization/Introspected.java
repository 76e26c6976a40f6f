package io.gatehouse.authorization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks the authorization server (RFC 7662) about the caller's token before a resource method runs, whatever
 * {@code gatehouse.validation} says: for the few resources where a revoked token must not pass.
 *
 * <p>On a class or interface it holds for all resource methods of the classes that extend or implement it, on a method
 * for that method and whatever overrides it; that of a method comes before that of a type, and the nearest one before
 * those further up. A method that overrides cannot take it off. On a sub-resource locator it does nothing: it belongs on
 * the resource methods that the locator leads to, or on their class.
 *
 * <p>Needs {@code gatehouse.introspection.endpoint}; without it such a resource answers 503. A caller who was let in
 * without a token (by name and password, say) is left to {@code @RolesAllowed} and the like. Never is an answer taken
 * that is older than this says, in an outage neither, nor one to a question that was asked before.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Introspected {

    /**
     * How old the server's answer may be, as an ISO 8601 duration. The default, {@code PT0S}, asks anew for each request;
     * more than {@code gatehouse.introspection.cache.lifetime} counts as that.
     */
    String maxAge() default "PT0S";
}
