package io.gatehouse.authorization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a caller who is authenticated, and where it says so by a certain kind of login, or a recent one (RFC 9470).
 * Others get 401 {@code insufficient_user_authentication} with what is asked for, so that the client can send its user to
 * log in again. A token that does not say how or when its user logged in does not pass.
 *
 * <p>It is found as {@link RequiresScope} is, and holds beside all others.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresAuthentication {

    /** Values of the {@code acr} claim: any one of them will do. Empty: it does not matter. */
    String[] acr() default {};

    /** How long ago the login may be ({@code auth_time}), as an ISO 8601 duration. Empty: it does not matter. */
    String maxAge() default "";
}
