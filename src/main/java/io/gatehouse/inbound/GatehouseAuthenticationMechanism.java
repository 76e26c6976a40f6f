package io.gatehouse.inbound;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries {@link RequestAuthentication} out for the container. Found by CDI; thread-safe.
 *
 * <p>A credential is looked at wherever there is one, also where the URL is open: JAX-RS annotations do not make a URL
 * protected, and MicroProfile JWT refuses a bad token everywhere. In mode {@code jaxrs} none is looked at: what the
 * container itself protects is then closed to everybody.
 */
@ApplicationScoped
public class GatehouseAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final System.Logger LOG = ApplicationLog.of(GatehouseAuthenticationMechanism.class);

    /** Jakarta Authentication 3.0 §3.8.4: what {@code HttpServletRequest.getAuthType()} is to answer. */
    private static final String AUTH_TYPE = "jakarta.servlet.http.authType";

    /** For {@code Retry-After} while the server is set up wrongly: nobody knows better. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final AtomicBoolean warned = new AtomicBoolean();

    @Inject
    RequestAuthentication authentication;

    @Inject
    AuthenticationMode mode;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        nameAuthType(context);
        if (mode == AuthenticationMode.JAXRS) {
            return anonymous(context);
        }
        MechanismMark.leaveIn(context.getRequest());
        return authentication
                .authenticate(request)
                .match(
                        accepted -> logIn(accepted, context),
                        () -> anonymous(context),
                        refusal -> refuse(context, refusal));
    }

    /**
     * Said of every request: where nothing is said, Open Liberty takes the type to be {@code BASIC}, looks for a user's
     * name in a {@code Basic} header, and answers 500 if that is malformed.
     */
    @SuppressWarnings("unchecked") // the API is older than generics
    private static void nameAuthType(HttpMessageContext context) {
        context.getMessageInfo().getMap().put(AUTH_TYPE, BearerTokenResolver.SCHEME);
    }

    private AuthenticationStatus anonymous(HttpMessageContext context) {
        boolean callerNeeded = context.isProtected() || context.isAuthenticationRequest();
        return callerNeeded
                ? refuse(context, authentication.credentialsNeeded(context.getRequest()))
                : context.doNothing();
    }

    private AuthenticationStatus logIn(AuthenticationOutcome.Accepted accepted, HttpMessageContext context) {
        try {
            return tellContainer(accepted, context);
        } catch (IllegalStateException notTaken) { // of Soteria, where the server does not take the caller
            warnOnce();
            return withoutContainer(context);
        }
    }

    /** The JAX-RS filter lets the caller in, if it may; whatever needs the container is out of order. */
    private AuthenticationStatus withoutContainer(HttpMessageContext context) {
        forget(context.getRequest());
        boolean containerNeeded =
                mode == AuthenticationMode.CONTAINER || context.isProtected() || context.isAuthenticationRequest();
        if (containerNeeded) {
            Refusal refusal = Refusal.unavailable(RefusalCode.CONTAINER, PAUSE);
            return refuse(context, authentication.noted(refusal, context.getRequest(), null));
        }
        MechanismMark.remove(context.getRequest());
        return context.doNothing();
    }

    private void warnOnce() {
        if (warned.compareAndSet(false, true)) {
            LOG.log(
                    WARNING,
                    "GATE0211 the server does not take callers from a mechanism in the application: in mode auto JAX-RS"
                            + " resources are guarded without it, and what the container guards answers 503. On WildFly,"
                            + " set integrated-jaspi=false in the application-security-domain");
        }
    }

    private static AuthenticationStatus tellContainer(
            AuthenticationOutcome.Accepted accepted, HttpMessageContext context) {
        if (accepted.token() != null) {
            context.getRequest().setAttribute(ValidatedToken.REQUEST_ATTRIBUTE, accepted.token());
        }
        CallerInRequest.leave(accepted, context.getRequest());
        OpenLibertyLogin.prepare(context, LoginMemory.key(accepted));
        return context.notifyContainerAboutLogin(accepted.principal(), accepted.groups());
    }

    /** At a logout the caller is forgotten everywhere. */
    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        forget(request);
        context.cleanClientSubject();
    }

    private static void forget(HttpServletRequest request) {
        CallerInRequest.remove(request);
        request.removeAttribute(ValidatedToken.REQUEST_ATTRIBUTE);
    }

    private static AuthenticationStatus refuse(HttpMessageContext context, Refusal refusal) {
        RefusalInRequest.leave(refusal, context.getRequest());
        RefusalInRequest.write(refusal, context.getRequest(), context.getResponse());
        if (isReadByServerToo(context)) {
            sendNow(context.getResponse());
        }
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static boolean isReadByServerToo(HttpMessageContext context) {
        return BasicCredentialResolver.resolve(context.getRequest()) instanceof PresentedBasic.Malformed
                && !context.isAuthenticationRequest();
    }

    /** Before Open Liberty stumbles over the header: after a refusal it does not ask for the type that was named. */
    private static void sendNow(HttpServletResponse response) {
        try {
            response.flushBuffer();
        } catch (IOException callerIsGone) {
            LOG.log(DEBUG, "GATE0203 nobody waits for the refusal");
        }
    }
}
