package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ValidatedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks about the caller's token before one resource method. Immutable and thread-safe. */
final class IntrospectedFilter implements RefusingFilter {

    private final Supplier<FreshnessCheck> check;
    private final Duration maximumAge;

    /**
     * A filter for one resource method.
     *
     * @param check asked for with each request: while the application is deployed, it is not there yet
     */
    IntrospectedFilter(Supplier<FreshnessCheck> check, Duration maximumAge) {
        this.check = check;
        this.maximumAge = maximumAge;
    }

    Duration maximumAge() {
        return maximumAge;
    }

    /**
     * By the token that the gate took, not by the principal: an application's identity store may have made one of its own
     * of it. In a servlet container the properties of a request are its attributes.
     */
    @Override
    public Optional<Refusal> refusal(ContainerRequestContext request) {
        ValidatedToken token =
                request.getProperty(ValidatedToken.REQUEST_ATTRIBUTE) instanceof ValidatedToken taken ? taken : null;
        return check.get().refusal(request.getSecurityContext().getUserPrincipal(), token, maximumAge);
    }
}
