package io.gatehouse.authorization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks the authorization server (RFC 7662) about the caller's token before a resource method runs, whatever
 * {@code gatehouse.validation} says: for the few resources where a revoked token must not pass. On a class it holds for
 * all its resource methods; on a method it comes before that of the class.
 *
 * <p>Needs {@code gatehouse.introspection.endpoint}; without it such a resource answers 503. A caller without a token is
 * left to {@code @RolesAllowed} and the like.
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
