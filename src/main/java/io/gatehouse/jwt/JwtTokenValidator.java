package io.gatehouse.jwt;

import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ENCRYPTION_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.TOO_LONG;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;

import io.gatehouse.json.JsonScan;
import io.gatehouse.keys.Shelf;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsView;
import io.gatehouse.token.ConfirmedTokenValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenMemory;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Validates JSON Web Tokens (RFC 7519) locally, after RFC 8725.
 *
 * <p>Cheap checks come first: length, shape, issuer, type, algorithm, claims; then the key; the signature last. The
 * unverified {@code iss} does no more than choose among the trusted issuers. Immutable and thread-safe.
 */
public final class JwtTokenValidator implements TokenValidator {

    private final JwtSettings settings;
    private final @Nullable JweDecrypter decrypter;
    private final IssuerIndex<IssuerRoute> routes;
    private final @Nullable TokenValidator others;
    private final ValidationObserver observer;

    /** Whether nobody is ever asked about a token: one that is refused by its header needs no issuer then. */
    private final boolean decidesAlone;

    private final TokenMemory<SignatureBasis> memory;
    private final HeaderMemory knownHeaders = new HeaderMemory();
    private final JsonScan scans = new JsonScan();
    private final Shelf<CompactJws> idle = new Shelf<>();

    /** A validator by the clock of the machine. */
    public JwtTokenValidator(JwtSettings settings, IssuerIndex<IssuerRoute> routes, @Nullable TokenValidator others) {
        this(settings, routes, others, Clock.systemUTC(), (issuer, remembered) -> {});
    }

    /**
     * Sets the validator up; no I/O.
     *
     * @param routes which way the tokens of each trusted issuer go
     * @param others decides about what is no well-formed JWT of a trusted issuer; null refuses it
     * @param clock says how long a token is remembered
     */
    public JwtTokenValidator(
            JwtSettings settings,
            IssuerIndex<IssuerRoute> routes,
            @Nullable TokenValidator others,
            Clock clock,
            ValidationObserver observer) {
        this.observer = observer;
        this.settings = settings;
        this.decrypter = settings.encryption() == null
                ? null
                : new JweDecrypter(settings.encryption(), settings.acceptedTypes());
        this.routes = routes;
        this.others = others;
        this.memory = new TokenMemory<>(settings.memory(), clock);
        this.decidesAlone = others == null && routes.values().stream().noneMatch(IssuerRoute.Asked.class::isInstance);
    }

    /** How many valid tokens are remembered now; no I/O. */
    public int rememberedTokens() {
        return memory.size();
    }

    @Override
    public TokenValidationResult validate(AccessToken token) {
        String compact = token.value();
        if (compact.length() > settings.maximumLength()) {
            return invalid(TOO_LONG);
        }
        TokenValidationResult remembered = stillHolds(memory.find(token), token);
        return observed(remembered == null ? decide(token, compact) : remembered, remembered != null);
    }

    @Override
    public @Nullable TokenValidationResult remembered(String characters) {
        TokenMemory.Remembered<SignatureBasis> known = memory.find(characters);
        TokenValidationResult result =
                known == null ? null : stillHolds(known, known.result().token().accessToken());
        return result == null ? null : observed(result, true);
    }

    /** What is known of a token that was here before; null where it has to be looked at. */
    private @Nullable TokenValidationResult stillHolds(
            TokenMemory.@Nullable Remembered<SignatureBasis> known, AccessToken token) {
        TokenValidationResult result = known == null ? null : known.basis().decide(token, known.result());
        if (known != null && result == null) {
            memory.forget(token);
        }
        return result;
    }

    private TokenValidationResult observed(TokenValidationResult result, boolean remembered) {
        if (result instanceof TokenValidationResult.Valid valid) {
            observer.validated(valid.token().issuer().name(), remembered);
        }
        return result;
    }

    private TokenValidationResult decide(AccessToken token, String compact) {
        CompactJws taken = idle.take();
        CompactJws jws = taken == null ? new CompactJws(scans.another()) : taken;
        try {
            return validate(token, compact, jws);
        } finally {
            if (jws.isWorthKeeping()) {
                idle.giveBack(jws);
            }
        }
    }

    private TokenValidationResult validate(AccessToken token, String compact, CompactJws jws) {
        if (decrypter == null) {
            return validateSigned(token, compact, jws);
        }
        Decoded<String> nested = decrypter.decrypt(compact);
        if (nested instanceof Decoded.Refused<String> refused) {
            return refused(token, compact, refused.reason(), jws);
        }
        return validateSigned(token, ((Decoded.Part<String>) nested).value(), jws);
    }

    private static boolean isEncrypted(String compact) {
        int dots = 0;
        for (int at = compact.indexOf('.'); at >= 0 && dots < 5; at = compact.indexOf('.', at + 1)) {
            dots++;
        }
        return dots == 4;
    }

    private TokenValidationResult validateSigned(AccessToken token, String compact, CompactJws jws) {
        InvalidTokenReason refusal = jws.readHeader(compact, knownHeaders);
        if (refusal == MALFORMED && decrypter == null && isEncrypted(compact)) {
            return notOurs(token, ENCRYPTION_NOT_ACCEPTED);
        }
        if (refusal == null && decidesAlone && jws.header().algorithm() == null) {
            return invalid(ALGORITHM_NOT_ACCEPTED); // whoever is said to have issued it
        }
        if (refusal == null) {
            refusal = jws.readBody();
        }
        if (refusal != null) {
            return refused(token, compact, refusal, jws);
        }
        IssuerRoute route = routes.find(jws.claims()).orElse(null);
        return route == null ? notOurs(token, ISSUER_NOT_TRUSTED) : validate(token, jws, route);
    }

    private TokenValidationResult validate(AccessToken token, CompactJws jws, IssuerRoute route) {
        if (route instanceof IssuerRoute.Verified verified) {
            return verify(token, jws, verified.trust(), null);
        }
        if (route instanceof IssuerRoute.Confirmed confirmed) {
            TokenValidator issuer = confirmed.issuer();
            TokenValidator first = genuine -> verify(genuine, jws, confirmed.trust(), issuer);
            return new ConfirmedTokenValidator(first, issuer).validate(token);
        }
        return ((IssuerRoute.Asked) route).issuer().validate(token);
    }

    private TokenValidationResult verify(
            AccessToken token, CompactJws jws, JwtTrust trust, @Nullable TokenValidator confirming) {
        if (!jws.header().isOfType(trust.acceptedTypes())) {
            return invalid(TYPE_NOT_ACCEPTED);
        }
        SignatureAlgorithm algorithm = jws.header().algorithm();
        if (algorithm == null || !trust.keyPolicy().admits(algorithm)) {
            return invalid(ALGORITHM_NOT_ACCEPTED);
        }
        SignatureCheck signature = new SignatureCheck(trust.keys(), jws, algorithm);
        TokenValidationResult result = trust.claimsValidator().validate(token, jws.claims(), signature);
        VerificationKeys keys = signature.keys();
        VerificationKey signer = signature.signer();
        if (result instanceof TokenValidationResult.Valid valid && keys != null && signer != null) {
            memory.remember(valid, jws.basis(keys, signer, confirming, knownHeaders));
        }
        return result;
    }

    /**
     * What a trusted issuer is said to have written is refused here, also without a signature or with half a one: its
     * rules are known, and the authorization server is not asked to overrule them. Whose an encrypted token is, or one
     * without claims that can be read, nobody can say.
     */
    private TokenValidationResult refused(
            AccessToken token, String compact, InvalidTokenReason reason, CompactJws jws) {
        ClaimsView claims = decidesAlone ? null : jws.claimsOf(compact);
        IssuerRoute route = claims == null ? null : routes.find(claims).orElse(null);
        if (route == null) {
            return notOurs(token, reason);
        }
        return route instanceof IssuerRoute.Asked asked ? asked.issuer().validate(token) : invalid(reason);
    }

    private TokenValidationResult notOurs(AccessToken token, InvalidTokenReason reason) {
        return others == null ? invalid(reason) : others.validate(token);
    }

    private static TokenValidationResult invalid(InvalidTokenReason reason) {
        return TokenValidationResult.Invalid.of(reason);
    }
}
