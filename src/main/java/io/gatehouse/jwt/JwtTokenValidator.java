package io.gatehouse.jwt;

import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ENCRYPTION_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
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
 * <p>Cheap checks come first: length, shape, issuer, type, algorithm, claims; then the key; the signature last. The
 * unverified {@code iss} does no more than choose among the trusted issuers. Immutable and thread-safe.
 */
public final class JwtTokenValidator implements TokenValidator {

    private final JwtSettings settings;
    private final @Nullable JweDecrypter decrypter;
    private final Map<String, JwtTrust> trustByIssuer;
    private final @Nullable TokenValidator others;

    /**
     * Sets the validator up; no I/O.
     *
     * @param trustByIssuer by the exact value of {@code iss}
     */
    public JwtTokenValidator(JwtSettings settings, Map<String, JwtTrust> trustByIssuer) {
        this(settings, trustByIssuer, null);
    }

    /**
     * Sets the validator up; no I/O.
     *
     * @param others decides about what is no well-formed JWT of a trusted issuer; null refuses it
     */
    public JwtTokenValidator(
            JwtSettings settings, Map<String, JwtTrust> trustByIssuer, @Nullable TokenValidator others) {
        this.settings = settings;
        this.decrypter = settings.encryption() == null
                ? null
                : new JweDecrypter(settings.encryption(), settings.acceptedTypes());
        this.trustByIssuer = Map.copyOf(trustByIssuer);
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
        JwtTrust trust = jws.claims().string("iss").map(trustByIssuer::get).orElse(null);
        return trust == null ? notOurs(token, ISSUER_NOT_TRUSTED) : validate(token, jws, trust);
    }

    private TokenValidationResult validate(AccessToken token, CompactJws jws, JwtTrust trust) {
        if (!jws.header().isOfType(settings.acceptedTypes())) {
            return invalid(TYPE_NOT_ACCEPTED);
        }
        Optional<SignatureAlgorithm> algorithm =
                SignatureAlgorithm.named(jws.header().alg()).filter(trust.keyPolicy()::admits);
        return algorithm.isEmpty()
                ? invalid(ALGORITHM_NOT_ACCEPTED)
                : trust.claimsValidator()
                        .validate(
                                token, jws.claims(), () -> SignedJwtVerifier.check(trust.keys(), jws, algorithm.get()));
    }

    /**
     * What a trusted issuer is said to have written is refused here: its rules are known, and the authorization server is
     * not asked to overrule them. Whose an unreadable or encrypted token is, nobody can say.
     */
    private TokenValidationResult refused(AccessToken token, String compact, InvalidTokenReason reason) {
        boolean ours = reason != MALFORMED
                && CompactJws.issuer(compact).filter(trustByIssuer::containsKey).isPresent();
        return ours ? invalid(reason) : notOurs(token, reason);
    }

    private TokenValidationResult notOurs(AccessToken token, InvalidTokenReason reason) {
        return others == null ? invalid(reason) : others.validate(token);
    }

    private static TokenValidationResult invalid(InvalidTokenReason reason) {
        return new TokenValidationResult.Invalid(reason);
    }
}
