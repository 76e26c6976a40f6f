package io.gatehouse.authorization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a token with scopes: all of those that it names. Written several times, any one of them will do:
 * {@code @RequiresScope({"orders", "read"}) @RequiresScope("admin")}. Others get 403 {@code insufficient_scope} with the
 * scopes of the first one, and callers without a credential 401.
 *
 * <p>On a class or interface it holds for all resource methods of the classes that extend or implement it, on a method for
 * that method and whatever overrides it; that of a method comes before that of a type, and the nearest one before those
 * further up. It holds beside {@code @RolesAllowed} and {@code @PermitAll}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RequiresScope.AnyOf.class)
public @interface RequiresScope {

    /** The scopes (RFC 6749 §3.3) that a token must have, all of them; one at least. */
    String[] value();

    /** Alternatives: any one of them will do. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface AnyOf {
        RequiresScope[] value();
    }
}
