package io.gatehouse.config;

import io.gatehouse.explanation.Explanation;
import io.gatehouse.explanation.RefusedRequest;
import io.gatehouse.explanation.TokenExplainer;
import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonParser;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.TokenValidationResult;
import java.io.PrintStream;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says which checks one token passes and fails under a configuration. For one token. */
final class ExplainCommand {

    private static final int SIGNED_PARTS = 3;

    private final TokenValidation tokens;
    private final TokenExplainer explainer;
    private final Clock clock;
    private final PrintStream out;

    ExplainCommand(TokenValidation tokens, Clock clock, PrintStream out) {
        this.tokens = tokens;
        this.explainer = tokens.explainer();
        this.clock = clock;
        this.out = out;
    }

    /** Whether the token is accepted. */
    boolean explain(AccessToken token) {
        TokenValidationResult result = tokens.validator().validate(token);
        return result.match(
                valid -> {
                    out.println("accepted: issuer \"" + valid.token().issuer().name() + "\""
                            + (valid.token().introspected() ? ", which was asked about it" : ""));
                    return true;
                },
                invalid -> refused(token, RefusalCode.of(invalid.reason())),
                unavailable -> refused(token, RefusalCode.ISSUER_UNAVAILABLE));
    }

    private boolean refused(AccessToken token, RefusalCode code) {
        Optional<IssuerValidation> verifiedBy = verifiedBy(token);
        Map<TokenCheck, RefusalCode> failures = failures(token, code, verifiedBy);
        if (verifiedBy.isPresent()) {
            list(token, code, failures);
        } else {
            out.println("FAILED  " + words(token, code));
        }
        Explanation explanation = explain(token, code);
        out.println("refused: " + code.text() + " (" + code.meaning() + ")");
        out.println("token: " + explanation.token());
        return false;
    }

    private void list(AccessToken token, RefusalCode code, Map<TokenCheck, RefusalCode> failures) {
        TokenCheck first = TokenCheck.of(code).orElse(TokenCheck.LENGTH);
        for (TokenCheck check : TokenCheck.values()) {
            RefusalCode failure = failures.get(check);
            if (failure != null) {
                out.println("FAILED  " + check.title() + ": " + words(token, failure));
            } else if (check.compareTo(first) < 0 || (first.isOfClaims() && check.isOfClaims())) {
                out.println("passed  " + check.title());
            } else {
                out.println("not looked at: " + check.title());
            }
        }
    }

    /** With the claims, all that is wrong about them: else there would be one more surprise after each correction. */
    private Map<TokenCheck, RefusalCode> failures(
            AccessToken token, RefusalCode code, Optional<IssuerValidation> verifiedBy) {
        Map<TokenCheck, RefusalCode> failures = new EnumMap<>(TokenCheck.class);
        Set<RefusalCode> codes = EnumSet.of(code);
        LocalValidation local =
                verifiedBy.map(issuer -> issuer.config().local()).orElse(null);
        boolean ofClaims = TokenCheck.of(code).filter(TokenCheck::isOfClaims).isPresent();
        if (local != null && ofClaims) {
            claims(token).ifPresent(claims -> FurtherRefusals.of(token, claims, local.claims(), clock).stream()
                    .map(RefusalCode::of)
                    .forEach(codes::add));
        }
        codes.forEach(each -> TokenCheck.of(each).ifPresent(check -> failures.put(check, each)));
        return failures;
    }

    private Optional<IssuerValidation> verifiedBy(AccessToken token) {
        return claims(token).flatMap(claims -> tokens.issuers().stream()
                .filter(issuer -> issuer.config().local() != null
                        && issuer.config().mode().verifiesHere())
                .filter(issuer -> issuer.isNamedBy(claims))
                .findFirst());
    }

    private static Optional<ClaimsSet> claims(AccessToken token) {
        List<String> parts = List.of(token.value().split("\\.", SIGNED_PARTS + 1));
        return parts.size() != SIGNED_PARTS
                ? Optional.empty()
                : Base64Url.decode(parts.get(1))
                        .map(JsonParser::parseObject)
                        .flatMap(json -> json.match(
                                parsed -> Optional.of(ClaimsSet.of(parsed.members())), malformed -> Optional.empty()));
    }

    private String words(AccessToken token, RefusalCode code) {
        return explain(token, code).sentence();
    }

    private Explanation explain(AccessToken token, RefusalCode code) {
        Refusal refusal = Refusal.invalidRequest(new BearerChallenge("gatehouse"), code, "refused");
        return explainer.explain(refusal, RefusedRequest.of(token));
    }
}
