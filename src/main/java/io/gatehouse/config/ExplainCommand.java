package io.gatehouse.config;

import io.gatehouse.explanation.Explanation;
import io.gatehouse.explanation.RefusedRequest;
import io.gatehouse.explanation.TokenExplainer;
import io.gatehouse.introspection.IntrospectionTokenValidator;
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

    /** What is found before anybody asks whose token it is. */
    private static final Set<RefusalCode> BEFORE_ISSUERS = EnumSet.of(
            RefusalCode.TOO_LONG,
            RefusalCode.ENCRYPTION_REQUIRED,
            RefusalCode.ENCRYPTION_NOT_ACCEPTED,
            RefusalCode.NOT_DECRYPTABLE,
            RefusalCode.MALFORMED,
            RefusalCode.HEADER,
            RefusalCode.ISSUER);

    /** RFC 7516 §3.1: five parts. */
    private static final int JWE_DOTS = 4;

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
                    if (valid.token().introspected() && verifiedBy(token).isEmpty()) {
                        askedAbout(token)
                                .ifPresent(issuer -> asked(token, issuer).tell(null, Map.of()));
                    }
                    out.println("accepted: issuer \"" + valid.token().issuer().name() + "\""
                            + (valid.token().introspected() ? ", which was asked about it" : ""));
                    return true;
                },
                invalid -> refused(token, RefusalCode.of(invalid.reason())),
                unavailable -> refused(token, RefusalCode.ISSUER_UNAVAILABLE));
    }

    private boolean refused(AccessToken token, RefusalCode code) {
        Optional<IssuerValidation> verifiedBy = verifiedBy(token);
        Optional<IssuerValidation> asked = askedAbout(token);
        if (verifiedBy.isPresent()) {
            list(token, code, failures(token, code, verifiedBy));
        } else if (asked.isPresent() && !mayHaveBeenDecrypted(token)) {
            asked(token, asked.get()).tell(code, failuresOfAnswer(token, code, asked.get()));
        } else if (BEFORE_ISSUERS.contains(code)) {
            list(token, code, failures(token, code, Optional.empty()));
        } else {
            out.println("FAILED  " + words(token, code));
        }
        Explanation explanation = explain(token, code);
        out.println("refused: " + code.text() + " (" + code.meaning() + ")");
        out.println("token: " + explanation.token());
        return false;
    }

    /** Then its claims were looked at here, and cannot be read without the key. */
    private boolean mayHaveBeenDecrypted(AccessToken token) {
        return tokens.decrypts() && token.value().chars().filter(c -> c == '.').count() == JWE_DOTS;
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
        Set<RefusalCode> codes = EnumSet.of(code);
        LocalValidation local =
                verifiedBy.map(issuer -> issuer.config().local()).orElse(null);
        boolean ofClaims = TokenCheck.of(code).filter(TokenCheck::isOfClaims).isPresent();
        if (local != null && ofClaims) {
            claims(token).ifPresent(claims -> FurtherRefusals.of(token, claims, local.claims(), clock).stream()
                    .map(RefusalCode::of)
                    .forEach(codes::add));
        }
        return byCheck(codes);
    }

    private Optional<IssuerValidation> verifiedBy(AccessToken token) {
        return claims(token).flatMap(claims -> tokens.issuers().stream()
                .filter(issuer -> issuer.config().local() != null
                        && issuer.config().mode().verifiesHere())
                .filter(issuer -> issuer.isNamedBy(claims))
                .findFirst());
    }

    /** Who is asked about a token that is not verified here; empty where nobody is. */
    private Optional<IssuerValidation> askedAbout(AccessToken token) {
        Optional<IssuerValidation> named = claims(token).flatMap(claims -> tokens.issuers().stream()
                .filter(issuer -> issuer.isNamedBy(claims))
                .findFirst());
        return named.isPresent() ? named.filter(issuer -> issuer.config().remote() != null) : tokens.issuerOfOthers();
    }

    private AskedToken asked(AccessToken token, IssuerValidation issuer) {
        Optional<ClaimsSet> claims = claims(token);
        String why = claims.isEmpty()
                ? "it is no JWT"
                : claims.filter(issuer::isNamedBy).isPresent()
                        ? "it names this issuer, and its tokens are not verified here"
                        : "it names no issuer whose tokens are verified here";
        RemoteValidation remote = issuer.config().remote();
        String endpoint = remote == null ? "" : " at " + remote.endpoint();
        return new AskedToken(
                out,
                "issuer \"" + issuer.name() + "\" is asked about it" + endpoint + ": " + why,
                code -> words(token, code));
    }

    /** All that is wrong with an answer, where it is remembered. */
    private Map<TokenCheck, RefusalCode> failuresOfAnswer(
            AccessToken token, RefusalCode code, IssuerValidation issuer) {
        Set<RefusalCode> codes = EnumSet.of(code);
        RemoteValidation remote = issuer.config().remote();
        IntrospectionTokenValidator introspection = issuer.introspection();
        if (remote != null && introspection != null && code != RefusalCode.NOT_ACTIVE) {
            introspection
                    .remembered(token)
                    .ifPresent(answer -> FurtherRefusals.of(token, answer, remote.claims(), clock).stream()
                            .map(RefusalCode::of)
                            .forEach(codes::add));
        }
        return byCheck(codes);
    }

    private static Map<TokenCheck, RefusalCode> byCheck(Set<RefusalCode> codes) {
        Map<TokenCheck, RefusalCode> failures = new EnumMap<>(TokenCheck.class);
        codes.forEach(each -> TokenCheck.of(each).ifPresent(check -> failures.put(check, each)));
        return failures;
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
