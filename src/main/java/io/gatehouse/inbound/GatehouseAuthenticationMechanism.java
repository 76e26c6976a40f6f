package io.gatehouse.inbound;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.caller.Caller;
import io.gatehouse.roles.RolesUnavailableException;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * Authenticates the caller of each request by the bearer token that it carries (RFC 6750), or else, where that was
 * configured, by its Basic credentials (RFC 7617). Found by CDI; stateless.
 *
 * <p>A credential is looked at wherever there is one, also where the URL is open: JAX-RS annotations do not make a URL
 * protected, and MicroProfile JWT refuses a bad token everywhere.
 */
@ApplicationScoped
public class GatehouseAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final System.Logger LOG = System.getLogger(GatehouseAuthenticationMechanism.class.getName());

    /** Jakarta Authentication 3.0 §3.8.4: what {@code HttpServletRequest.getAuthType()} is to answer. */
    private static final String AUTH_TYPE = "jakarta.servlet.http.authType";

    /** For {@code Retry-After}, where nobody knows better. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Inject
    BearerTokenResolver tokenResolver;

    @Inject
    TokenValidator tokenValidator;

    @Inject
    BearerChallenge challenge;

    @Inject
    BasicAuthentication basic;

    @Inject
    IdentityStoreHandler identityStores;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        nameAuthType(context);
        return tokenResolver
                .resolve(request)
                .match(
                        token -> basic.isPresentIn(request)
                                ? refuse(context, "a token and Basic credentials")
                                : authenticate(token, context),
                        () -> withoutToken(request, context),
                        problem -> refuse(context, problem));
    }

    private AuthenticationStatus withoutToken(HttpServletRequest request, HttpMessageContext context) {
        return basic.authenticate(request, identityStores)
                .match(
                        accepted -> logIn(withoutToken(accepted), accepted, context),
                        () -> anonymous(context),
                        reply -> refuse(context, reply));
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
                ? refuse(context, AuthenticationReply.unauthorized(challenge.plain()))
                : context.doNothing();
    }

    private AuthenticationStatus authenticate(AccessToken token, HttpMessageContext context) {
        return validate(token)
                .match(
                        valid -> logIn(valid.token(), context),
                        invalid -> refuse(context, invalid.reason()),
                        unavailable -> refuse(context, AuthenticationReply.unavailable(unavailable.retryAfter())));
    }

    /** Validators do not throw. Should one do so all the same, the gate stays closed, and no caller is to blame. */
    private TokenValidationResult validate(AccessToken token) {
        try {
            return tokenValidator.validate(token);
        } catch (RuntimeException defect) {
            LOG.log(
                    ERROR,
                    "GATE0201 a token could not be decided about, and its caller gets 503: {0}",
                    defect.getClass().getName());
            return new TokenValidationResult.Unavailable(PAUSE);
        }
    }

    private AuthenticationStatus logIn(ValidatedToken token, HttpMessageContext context) {
        CredentialValidationResult result;
        try {
            result = identityStores.validate(new ValidatedTokenCredential(token));
        } catch (RolesUnavailableException | GroupsUnavailableException told) {
            return refuse(context, AuthenticationReply.unavailable(PAUSE));
        } catch (RuntimeException outage) {
            // A store of the application: its database, say. The caller's token is good.
            LOG.log(
                    ERROR,
                    "GATE0207 an identity store failed: {0}",
                    outage.getClass().getName());
            return refuse(context, AuthenticationReply.unavailable(PAUSE));
        }
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            return refuse(context, InvalidTokenReason.CALLER_NOT_ACCEPTED);
        }
        context.getRequest().setAttribute(ValidatedToken.REQUEST_ATTRIBUTE, token);
        return logIn(withToken(token, result), result, context);
    }

    /** The stores of the application have had their say about both: its own name for the caller, and further groups. */
    private static Caller withToken(ValidatedToken token, CredentialValidationResult result) {
        return Caller.of(token, result.getCallerPrincipal().getName(), result.getCallerGroups());
    }

    private static Caller withoutToken(CredentialValidationResult result) {
        return Caller.withoutToken(result.getCallerPrincipal().getName(), result.getCallerGroups());
    }

    private static AuthenticationStatus logIn(
            Caller caller, CredentialValidationResult result, HttpMessageContext context) {
        CallerInRequest.leave(caller, context.getRequest());
        return context.notifyContainerAboutLogin(result);
    }

    /** At a logout the caller is forgotten everywhere. */
    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        CallerInRequest.remove(request);
        request.removeAttribute(ValidatedToken.REQUEST_ATTRIBUTE);
        context.cleanClientSubject();
    }

    private AuthenticationStatus refuse(HttpMessageContext context, InvalidTokenReason reason) {
        LOG.log(DEBUG, "GATE0202 token refused: {0}", reason);
        return refuse(context, AuthenticationReply.unauthorized(challenge.invalidToken(reason)));
    }

    private AuthenticationStatus refuse(HttpMessageContext context, String problem) {
        return refuse(context, AuthenticationReply.badRequest(challenge.invalidRequest(problem)));
    }

    private AuthenticationStatus refuse(HttpMessageContext context, AuthenticationReply reply) {
        AuthenticationReply full =
                basic.challenge(context.getRequest()).map(reply::offering).orElse(reply);
        full.leaveIn(context.getRequest());
        full.writeTo(context.getResponse());
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
