package io.gatehouse.explanation;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Explains a refusal by reading the token once more, and comparing it with what is configured. It decides nothing: that
 * the words are about the same fault as the refusal is made sure by its code. Immutable and thread-safe.
 */
public final class TokenExplainer implements Explainer {

    private final TrustedIssuers trusted;
    private final Clock clock;

    public TokenExplainer(TrustedIssuers trusted, Clock clock) {
        this.trusted = trusted;
        this.clock = clock;
    }

    @Override
    public Explanation explain(Refusal refusal, RefusedRequest request) {
        AccessToken token = request.token();
        if (token == null) {
            Words words = ofRequest(refusal, request, null, null);
            return new Explanation(words.reason(), words.remedy(), "", null);
        }
        RereadToken reread = RereadToken.of(token, trusted.maximumTokenLength());
        Optional<IssuerFacts> named = named(reread);
        IssuerFacts issuer = named.or(() -> issuerOfOthers(reread)).orElse(null);
        Words words = ofClaims(refusal.code(), token, reread, issuer, named.isPresent())
                .or(() -> new TokenWords(reread, issuer, trusted, clock.instant()).of(refusal.code()))
                .orElseGet(() -> ofRequest(refusal, request, reread, issuer));
        return new Explanation(
                words.reason(), words.remedy(), reread.describe(), issuer == null ? null : issuer.name());
    }

    @Override
    public @Nullable String issuerName(RefusedRequest request) {
        AccessToken token = request.token();
        if (token == null) {
            return null;
        }
        RereadToken reread = RereadToken.of(token, trusted.maximumTokenLength());
        return named(reread)
                .or(() -> issuerOfOthers(reread))
                .map(IssuerFacts::name)
                .orElse(null);
    }

    private Optional<IssuerFacts> named(RereadToken reread) {
        return reread.claims().flatMap(trusted::of);
    }

    /** Who was asked about a token that names nobody; or who has most probably encrypted it. */
    private Optional<IssuerFacts> issuerOfOthers(RereadToken token) {
        return trusted.ofOpaqueTokens().or(() -> token.isEncrypted() ? trusted.only() : Optional.empty());
    }

    private Optional<Words> ofClaims(
            RefusalCode code, AccessToken token, RereadToken reread, @Nullable IssuerFacts issuer, boolean named) {
        if (issuer == null) {
            return Optional.empty();
        }
        IssuerFacts.Signed signed = named ? issuer.signed() : null;
        if (signed != null && reread.claims().isPresent()) {
            ClaimsSet claims = reread.claims().get();
            if (issuer.asked() == null || isRefused(code, token, claims, signed.claims())) {
                return words(claims, signed.claims(), false, issuer).of(code);
            }
        }
        IssuerFacts.Asked asked = issuer.asked();
        return asked == null
                ? Optional.empty()
                : asked.remembered(token).flatMap(answer -> words(answer, asked.claims(), true, issuer)
                        .of(code));
    }

    /** Nobody stands behind the claims here, so that whatever they say, no proof of validity comes into being. */
    private boolean isRefused(RefusalCode code, AccessToken token, ClaimsSet claims, ClaimsPolicy policy) {
        TokenValidationResult result = new ClaimsValidator(policy, clock)
                .validate(token, claims, () -> new Authenticity.NotGenuine(InvalidTokenReason.SIGNATURE_NOT_VALID));
        return result.match(valid -> false, invalid -> RefusalCode.of(invalid.reason()) == code, unavailable -> false);
    }

    private ClaimsWords words(ClaimsSet claims, ClaimsPolicy policy, boolean answer, IssuerFacts issuer) {
        return new ClaimsWords(
                claims, policy, answer, clock.instant(), setting -> trusted.property(setting, issuer.name()));
    }

    /** What the resource asks, or what is wrong with the request. */
    private Words ofRequest(
            Refusal refusal, RefusedRequest request, @Nullable RereadToken token, @Nullable IssuerFacts issuer) {
        RefusalCode code = refusal.code();
        String where = request.resource() == null ? "" : " (" + request.resource() + ")";
        return switch (code) {
            case ROLE -> role(refusal.asked(), request.groups().get(), where, issuer);
            case SCOPE -> scope(refusal.asked(), token, where);
            case LOGIN -> new Words(code.meaning() + where + acr(refusal.asked()), code.remedy());
            case PERMISSION -> new Words(code.meaning() + where + ": " + Quoted.all(refusal.asked()), code.remedy());
            case NOBODY, PERMISSION_UNAVAILABLE, DEFECT -> new Words(code.meaning() + where, code.remedy());
            case REQUEST_MALFORMED -> new Words(code.meaning() + ": " + refusal.detail(), code.remedy());
            case APPLICATION -> new Words(code.meaning() + where + ": " + Quoted.of(refusal.detail()), code.remedy());
            default -> new Words(code.meaning(), remedy(code, issuer));
        };
    }

    /** Without a token's claims there is still the issuer to name. */
    private String remedy(RefusalCode code, @Nullable IssuerFacts issuer) {
        return switch (code) {
            case AUDIENCE -> "see " + property(Setting.AUDIENCES, issuer);
            case EXPIRED, NOT_YET_VALID -> "see " + property(Setting.CLOCK_SKEW, issuer);
            case CLAIM_MISSING, CLAIM_VALUE -> "see " + property(Setting.REQUIRED_CLAIMS, issuer);
            case TOKEN_SCOPE -> "see " + property(Setting.REQUIRED_SCOPES, issuer);
            case CALLER_NAME -> "see " + property(Setting.PRINCIPAL_CLAIMS, issuer);
            default -> code.remedy();
        };
    }

    private String property(Setting setting, @Nullable IssuerFacts issuer) {
        return trusted.property(setting, issuer == null ? null : issuer.name());
    }

    private Words role(List<String> asked, Set<String> groups, String where, @Nullable IssuerFacts issuer) {
        String roleClaims = property(Setting.ROLE_CLAIMS, issuer);
        return new Words(
                "the resource" + where + " asks for one of the roles " + Quoted.all(asked) + ", and the caller "
                        + (groups.isEmpty() ? "has no groups at all" : "has the groups " + Quoted.sorted(groups)),
                groups.isEmpty()
                        ? "see " + roleClaims + ": it has to name the claim of the token that holds them"
                        : "give the caller the role, or see " + property(Setting.ROLE_MAP, issuer) + " and "
                                + roleClaims);
    }

    private static Words scope(List<String> asked, @Nullable RereadToken token, String where) {
        Set<String> missing = new TreeSet<>(asked);
        if (token != null) {
            token.claims().ifPresent(claims -> missing.removeAll(claims.scopes()));
        }
        return new Words(
                "the resource" + where + " asks for the scopes " + Quoted.all(asked) + ", and the token lacks "
                        + Quoted.all(missing),
                "the client has to ask the issuer for them, and the issuer has to allow it; see the @RequiresScope of"
                        + " the resource");
    }

    private static String acr(List<String> asked) {
        return asked.isEmpty() ? "" : ": it asks for \"acr\" " + Quoted.all(asked);
    }
}
