package io.gatehouse.inbound;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.explanation.RefusedRequest;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls, from the bearer token of a request (RFC 6750) or else, where that was configured, from its Basic
 * credentials (RFC 7617). The one decision for all modes: the mechanism and the JAX-RS filter both carry it out. Stateless.
 */
@Dependent
public class RequestAuthentication {

    private static final System.Logger LOG = ApplicationLog.of(RequestAuthentication.class);

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

    /** The server's, or ours where it has none. */
    @SuppressWarnings("NullAway.Init") // by the method below
    IdentityStoreHandler identityStores;

    @Inject
    RefusalLedger ledger;

    @Inject
    LoginMemory logins;

    @Inject
    void identityStores(StoresOfApplication stores) {
        identityStores = stores.handler();
    }

    AuthenticationOutcome authenticate(HttpServletRequest request) {
        return ledger.within(request::getHeader, () -> decide(request));
    }

    private AuthenticationOutcome decide(HttpServletRequest request) {
        boolean basicToo = basic.isPresentIn(request);
        return tokenResolver
                .resolve(request, basicToo ? characters -> null : this::remembered)
                .match(
                        present -> basicToo
                                ? refused(
                                        Refusal.invalidRequest(challenge, "a token and Basic credentials"),
                                        present.token(),
                                        request)
                                : authenticate(present, request),
                        () -> withoutToken(request),
                        problem -> refused(Refusal.invalidRequest(challenge, problem), null, request));
    }

    /** The answer for a caller who presented nothing and has to. */
    Refusal credentialsNeeded(HttpServletRequest request) {
        return noted(offeringBasic(Refusal.credentialsNeeded(challenge), request), request, null);
    }

    /**
     * The refusal as the answer to this request, whose caller may be known.
     *
     * @param resource the method of the application that it was for; null where it did not get so far
     */
    Refusal noted(Refusal refusal, HttpServletRequest request, @Nullable String resource) {
        AccessToken token = request.getAttribute(ValidatedToken.REQUEST_ATTRIBUTE) instanceof ValidatedToken valid
                ? valid.accessToken()
                : null;
        return ledger.noted(
                refusal,
                new RefusedRequest(token, () -> CallerInRequest.of(request).roles(), resource));
    }

    /** The refusal with the challenge for Basic beside that for tokens, where Basic would be taken. */
    Refusal offeringBasic(Refusal refusal, HttpServletRequest request) {
        return basic.challenge(request).map(refusal::offering).orElse(refusal);
    }

    private AuthenticationOutcome withoutToken(HttpServletRequest request) {
        return basic.authenticate(request, identityStores)
                .match(
                        result -> AuthenticationOutcome.Accepted.of(result, null),
                        AuthenticationOutcome.Anonymous::new,
                        refusal -> refused(refusal, null, request));
    }

    private AuthenticationOutcome authenticate(PresentedCredential.Present present, HttpServletRequest request) {
        AccessToken token = present.token();
        TokenValidationResult decision = present.decision() == null ? validate(token) : present.decision();
        return decision.match(
                valid -> logIn(valid.token(), request),
                invalid -> refused(Refusal.invalidToken(challenge, invalid.reason()), token, request),
                unavailable -> refused(Refusal.unavailable(unavailable.retryAfter()), token, request));
    }

    private @Nullable TokenValidationResult remembered(String characters) {
        try {
            return tokenValidator.remembered(characters);
        } catch (RuntimeException defect) {
            return undecided(defect);
        }
    }

    /** Validators do not throw. Should one do so all the same, the gate stays closed, and no caller is to blame. */
    private TokenValidationResult validate(AccessToken token) {
        try {
            return tokenValidator.validate(token);
        } catch (RuntimeException defect) {
            return undecided(defect);
        }
    }

    private static TokenValidationResult undecided(RuntimeException defect) {
        LOG.log(
                ERROR,
                "GATE0201 a token could not be decided about, and its caller gets 503: {0}",
                defect.getClass().getName());
        return new TokenValidationResult.Unavailable(PAUSE);
    }

    private AuthenticationOutcome logIn(ValidatedToken token, HttpServletRequest request) {
        AuthenticationOutcome.Accepted known = logins.find(token);
        AuthenticationOutcome outcome = known == null ? askStores(token, request) : known;
        if (outcome instanceof AuthenticationOutcome.Accepted accepted) {
            ledger.accepted(token, accepted.principal().getName());
        }
        return outcome;
    }

    private AuthenticationOutcome askStores(ValidatedToken token, HttpServletRequest request) {
        CredentialValidationResult result;
        try {
            result = identityStores.validate(new ValidatedTokenCredential(token));
        } catch (RolesUnavailableException | GroupsUnavailableException told) {
            return storeUnavailable(token, request);
        } catch (RuntimeException outage) {
            // A store of the application: its database, say. The caller's token is good.
            LOG.log(
                    ERROR,
                    "GATE0207 an identity store failed: {0}",
                    outage.getClass().getName());
            return storeUnavailable(token, request);
        }
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            Refusal refusal = Refusal.invalidToken(challenge, InvalidTokenReason.CALLER_NOT_ACCEPTED);
            return refused(refusal, token.accessToken(), request);
        }
        AuthenticationOutcome.Accepted accepted = AuthenticationOutcome.Accepted.of(result, token);
        logins.remember(accepted);
        return accepted;
    }

    private AuthenticationOutcome storeUnavailable(ValidatedToken token, HttpServletRequest request) {
        return refused(Refusal.unavailable(RefusalCode.STORE_UNAVAILABLE, PAUSE), token.accessToken(), request);
    }

    private AuthenticationOutcome refused(Refusal refusal, @Nullable AccessToken token, HttpServletRequest request) {
        Refusal complete = offeringBasic(refusal, request);
        return new AuthenticationOutcome.Refused(ledger.noted(complete, RefusedRequest.of(token)));
    }
}
