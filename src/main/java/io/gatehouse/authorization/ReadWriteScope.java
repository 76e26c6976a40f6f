package io.gatehouse.authorization;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a token with one scope in requests that only read ({@code GET}, {@code HEAD}, {@code OPTIONS}), and with another
 * in all others. It is found, and answers, as {@link RequiresScope} does, and holds beside it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ReadWriteScope {

    /** For safe methods: all of these scopes; one at least. */
    String[] read() default "read";

    /** For all other methods: all of these scopes; one at least. */
    String[] write() default "write";
}
