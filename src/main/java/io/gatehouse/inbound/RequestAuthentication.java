package io.gatehouse.inbound;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.roles.RolesUnavailableException;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * Finds out who calls, from the bearer token of a request (RFC 6750) or else, where that was configured, from its Basic
 * credentials (RFC 7617). The one decision for all modes: the mechanism and the JAX-RS filter both carry it out. Stateless.
 */
@Dependent
public class RequestAuthentication {

    private static final System.Logger LOG = System.getLogger(RequestAuthentication.class.getName());

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

    AuthenticationOutcome authenticate(HttpServletRequest request) {
        return tokenResolver
                .resolve(request)
                .match(
                        token -> basic.isPresentIn(request)
                                ? refused(Refusal.invalidRequest(challenge, "a token and Basic credentials"), request)
                                : authenticate(token, request),
                        () -> withoutToken(request),
                        problem -> refused(Refusal.invalidRequest(challenge, problem), request));
    }

    /** The answer for a caller who presented nothing and has to. */
    Refusal credentialsNeeded(HttpServletRequest request) {
        return offeringBasic(Refusal.credentialsNeeded(challenge), request);
    }

    /** The refusal with the challenge for Basic beside that for tokens, where Basic would be taken. */
    Refusal offeringBasic(Refusal refusal, HttpServletRequest request) {
        return basic.challenge(request).map(refusal::offering).orElse(refusal);
    }

    private AuthenticationOutcome withoutToken(HttpServletRequest request) {
        return basic.authenticate(request, identityStores)
                .match(
                        result -> new AuthenticationOutcome.Accepted(result, null),
                        AuthenticationOutcome.Anonymous::new,
                        refusal -> refused(refusal, request));
    }

    private AuthenticationOutcome authenticate(AccessToken token, HttpServletRequest request) {
        return validate(token)
                .match(
                        valid -> askStores(valid.token(), request),
                        invalid -> refused(invalid.reason(), request),
                        unavailable -> refused(Refusal.unavailable(unavailable.retryAfter()), request));
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

    private AuthenticationOutcome askStores(ValidatedToken token, HttpServletRequest request) {
        CredentialValidationResult result;
        try {
            result = identityStores.validate(new ValidatedTokenCredential(token));
        } catch (RolesUnavailableException | GroupsUnavailableException told) {
            return refused(Refusal.unavailable(PAUSE), request);
        } catch (RuntimeException outage) {
            // A store of the application: its database, say. The caller's token is good.
            LOG.log(
                    ERROR,
                    "GATE0207 an identity store failed: {0}",
                    outage.getClass().getName());
            return refused(Refusal.unavailable(PAUSE), request);
        }
        return result.getStatus() == CredentialValidationResult.Status.VALID
                ? new AuthenticationOutcome.Accepted(result, token)
                : refused(InvalidTokenReason.CALLER_NOT_ACCEPTED, request);
    }

    private AuthenticationOutcome refused(InvalidTokenReason reason, HttpServletRequest request) {
        LOG.log(DEBUG, "GATE0202 token refused: {0}", reason);
        return refused(Refusal.invalidToken(challenge, reason), request);
    }

    private AuthenticationOutcome refused(Refusal refusal, HttpServletRequest request) {
        return new AuthenticationOutcome.Refused(offeringBasic(refusal, request));
    }
}
