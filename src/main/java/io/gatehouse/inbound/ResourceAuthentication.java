package io.gatehouse.inbound;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.authorization.CallerAuthentication;
import io.gatehouse.authorization.ResourceCaller;
import io.gatehouse.refusal.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries {@link RequestAuthentication} out for JAX-RS, where the container does not. Stateless. */
@ApplicationScoped
public class ResourceAuthentication implements CallerAuthentication {

    /** That of the request under way, which CDI is asked for with each call. */
    @Inject
    HttpServletRequest request;

    @Inject
    RequestAuthentication authentication;

    @Inject
    AuthenticationMode mode;

    @Inject
    CallerNotice notice;

    /** Where they travel CDI is asked for the request at once, and so finds this one wherever it is asked again. */
    @Inject
    RequestContexts contexts;

    @Override
    public ResourceCaller caller(Function<String, @Nullable Object> properties) {
        HttpServletRequest atHand = contexts == RequestContexts.STAY ? RequestAtHand.of(properties) : null;
        return caller(atHand == null ? request : atHand);
    }

    private ResourceCaller caller(HttpServletRequest request) {
        Optional<Refusal> overruled = RefusalInRequest.leftIn(request);
        if (overruled.isPresent()) {
            return new ResourceCaller.Refused(overruled.get());
        }
        return isUpToTheContainer(request) ? new ResourceCaller.OfContainer() : authenticate(request);
    }

    /** Where nobody says which: up to the container if it let our mechanism look at this very request. */
    private boolean isUpToTheContainer(HttpServletRequest request) {
        return switch (mode) {
            case CONTAINER -> true;
            case JAXRS -> false;
            case AUTO -> MechanismMark.isIn(request);
        };
    }

    private ResourceCaller authenticate(HttpServletRequest request) {
        return authentication
                .authenticate(request)
                .match(accepted -> known(accepted, request), this::anonymous, ResourceCaller.Refused::new);
    }

    private ResourceCaller known(AuthenticationOutcome.Accepted accepted, HttpServletRequest request) {
        CallerInRequest.leave(accepted, request);
        notice.calledBy(accepted.principal());
        return new ResourceCaller.Known(accepted.principal(), accepted.groups(), accepted.token());
    }

    /** In mode {@code auto} the container may know somebody by a way of its own. */
    private ResourceCaller anonymous() {
        return mode == AuthenticationMode.AUTO ? new ResourceCaller.OfContainer() : new ResourceCaller.Nobody();
    }

    @Override
    public Refusal noted(Refusal refusal, @Nullable String resource) {
        return authentication.noted(refusal, request, resource);
    }

    @Override
    public Refusal offering(Refusal refusal) {
        return authentication.offeringBasic(refusal, request);
    }
}
