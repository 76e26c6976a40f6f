package io.gatehouse.attachment;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Names the client of the configuration ({@code gatehouse.clients.<name>.…}) whose tokens go along. At an injection point
 * of {@link io.gatehouse.outbound.Authorizer}, {@link io.gatehouse.outbound.TokenClient}, {@link OutboundClient}, {@code
 * jakarta.ws.rs.client.Client} or {@code WebTarget}, and at the interface of a MicroProfile Rest Client. A name that is not
 * configured stops the deployment.
 */
@Qualifier @Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface AuthorizedBy {

    /** The name of the client. */
    @Nonbinding
    String value();

    /** For code that looks beans up: {@code CDI.current().select(Client.class, AuthorizedBy.Literal.of("orders"))}. */
    final class Literal extends AnnotationLiteral<AuthorizedBy> implements AuthorizedBy {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The annotation with this name. */
        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
