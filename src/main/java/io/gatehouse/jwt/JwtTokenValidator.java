package io.gatehouse.jwt;

import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ENCRYPTION_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.TOO_LONG;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ConfirmedTokenValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.util.Optional;
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

    /**
     * Sets the validator up; no I/O.
     *
     * @param routes which way the tokens of each trusted issuer go
     * @param others decides about what is no well-formed JWT of a trusted issuer; null refuses it
     */
    public JwtTokenValidator(JwtSettings settings, IssuerIndex<IssuerRoute> routes, @Nullable TokenValidator others) {
        this.settings = settings;
        this.decrypter = settings.encryption() == null
                ? null
                : new JweDecrypter(settings.encryption(), settings.acceptedTypes());
        this.routes = routes;
        this.others = others;
    }

    @Override
    public TokenValidationResult validate(AccessToken token) {
        String compact = token.value();
        if (compact.length() > settings.maximumLength()) {
            return invalid(TOO_LONG);
        }
        if (decrypter == null) {
            return isEncrypted(compact) ? notOurs(token, ENCRYPTION_NOT_ACCEPTED) : validateSigned(token, compact);
        }
        Decoded<String> nested = decrypter.decrypt(compact);
        if (nested instanceof Decoded.Refused<String> refused) {
            return refused(token, compact, refused.reason());
        }
        return validateSigned(token, ((Decoded.Part<String>) nested).value());
    }

    private static boolean isEncrypted(String compact) {
        return compact.chars().filter(c -> c == '.').limit(5).count() == 4;
    }

    private TokenValidationResult validateSigned(AccessToken token, String compact) {
        Decoded<CompactJws> decoded = CompactJws.parse(compact);
        if (decoded instanceof Decoded.Refused<CompactJws> refused) {
            return refused(token, compact, refused.reason());
        }
        CompactJws jws = ((Decoded.Part<CompactJws>) decoded).value();
        return routes.find(jws.claims())
                .map(route -> validate(token, jws, route))
                .orElseGet(() -> notOurs(token, ISSUER_NOT_TRUSTED));
    }

    private TokenValidationResult validate(AccessToken token, CompactJws jws, IssuerRoute route) {
        if (route instanceof IssuerRoute.Asked asked) {
            return asked.issuer().validate(token);
        }
        if (route instanceof IssuerRoute.Confirmed confirmed) {
            TokenValidator first = genuine -> verify(genuine, jws, confirmed.trust());
            return new ConfirmedTokenValidator(first, confirmed.issuer()).validate(token);
        }
        return verify(token, jws, ((IssuerRoute.Verified) route).trust());
    }

    private static TokenValidationResult verify(AccessToken token, CompactJws jws, JwtTrust trust) {
        if (!jws.header().isOfType(trust.acceptedTypes())) {
            return invalid(TYPE_NOT_ACCEPTED);
        }
        Optional<SignatureAlgorithm> algorithm =
                SignatureAlgorithm.named(jws.header().alg()).filter(trust.keyPolicy()::admits);
        return algorithm.isEmpty()
                ? invalid(ALGORITHM_NOT_ACCEPTED)
                : trust.claimsValidator().validate(token, jws.claims(), () -> signature(trust, jws, algorithm.get()));
    }

    private static Authenticity signature(JwtTrust trust, CompactJws jws, SignatureAlgorithm algorithm) {
        VerificationKeys keys = trust.keys().of(jws.claims().string("iss").orElse(""));
        return SignedJwtVerifier.check(keys, jws, algorithm);
    }

    /**
     * What a trusted issuer is said to have written is refused here: its rules are known, and the authorization server is
     * not asked to overrule them. Whose an unreadable or encrypted token is, nobody can say.
     */
    private TokenValidationResult refused(AccessToken token, String compact, InvalidTokenReason reason) {
        Optional<IssuerRoute> route = reason == MALFORMED
                ? Optional.empty()
                : CompactJws.claims(compact).flatMap(routes::find);
        return route.isEmpty()
                ? notOurs(token, reason)
                : route.get() instanceof IssuerRoute.Asked asked
                        ? asked.issuer().validate(token)
                        : invalid(reason);
    }

    private TokenValidationResult notOurs(AccessToken token, InvalidTokenReason reason) {
        return others == null ? invalid(reason) : others.validate(token);
    }

    private static TokenValidationResult invalid(InvalidTokenReason reason) {
        return new TokenValidationResult.Invalid(reason);
    }
}
