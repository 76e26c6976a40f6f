package io.gatehouse.jwt;

import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ENCRYPTION_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.TOO_LONG;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Validates JSON Web Tokens (RFC 7519) locally, after RFC 8725.
 *
 * <p>Cheap checks come first: length, shape, type, algorithm, issuer, claims; then the key; the signature last. The
 * unverified {@code iss} does no more than choose among the trusted issuers. Immutable and thread-safe.
 */
public final class JwtTokenValidator implements TokenValidator {

    private final JwtSettings settings;
    private final @Nullable JweDecrypter decrypter;
    private final Map<String, JwtTrust> trustByIssuer;

    /**
     * Sets the validator up; no I/O.
     *
     * @param trustByIssuer by the exact value of {@code iss}
     */
    public JwtTokenValidator(JwtSettings settings, Map<String, JwtTrust> trustByIssuer) {
        this.settings = settings;
        this.decrypter = settings.encryption() == null
                ? null
                : new JweDecrypter(settings.encryption(), settings.acceptedTypes());
        this.trustByIssuer = Map.copyOf(trustByIssuer);
    }

    @Override
    public TokenValidationResult validate(AccessToken token) {
        String compact = token.value();
        if (compact.length() > settings.maximumLength()) {
            return invalid(TOO_LONG);
        }
        if (decrypter == null) {
            return isEncrypted(compact) ? invalid(ENCRYPTION_NOT_ACCEPTED) : validateSigned(token, compact);
        }
        Decoded<String> nested = decrypter.decrypt(compact);
        if (nested instanceof Decoded.Refused<String> refused) {
            return invalid(refused.reason());
        }
        return validateSigned(token, ((Decoded.Part<String>) nested).value());
    }

    private static boolean isEncrypted(String compact) {
        return compact.chars().filter(c -> c == '.').limit(5).count() == 4;
    }

    private TokenValidationResult validateSigned(AccessToken token, String compact) {
        Decoded<CompactJws> decoded = CompactJws.parse(compact);
        if (decoded instanceof Decoded.Refused<CompactJws> refused) {
            return invalid(refused.reason());
        }
        CompactJws jws = ((Decoded.Part<CompactJws>) decoded).value();
        if (!jws.header().isOfType(settings.acceptedTypes())) {
            return invalid(TYPE_NOT_ACCEPTED);
        }
        Optional<SignatureAlgorithm> algorithm =
                SignatureAlgorithm.named(jws.header().alg());
        if (algorithm.isEmpty()) {
            return invalid(ALGORITHM_NOT_ACCEPTED);
        }
        return validateClaims(token, jws, algorithm.get());
    }

    private TokenValidationResult validateClaims(AccessToken token, CompactJws jws, SignatureAlgorithm algorithm) {
        JwtTrust trust = jws.claims().string("iss").map(trustByIssuer::get).orElse(null);
        if (trust == null) {
            return invalid(ISSUER_NOT_TRUSTED);
        }
        if (!trust.keyPolicy().admits(algorithm)) {
            return invalid(ALGORITHM_NOT_ACCEPTED);
        }
        return trust.claimsValidator()
                .validate(token, jws.claims(), () -> SignedJwtVerifier.check(trust.keys(), jws, algorithm));
    }

    private static TokenValidationResult invalid(InvalidTokenReason reason) {
        return new TokenValidationResult.Invalid(reason);
    }
}
