package io.gatehouse.explanation;

import static io.gatehouse.explanation.Setting.ALLOW_APPLICATION_TOKENS;
import static io.gatehouse.explanation.Setting.ALLOW_MISSING_IAT;
import static io.gatehouse.explanation.Setting.ANSWER_PRINCIPAL_CLAIMS;
import static io.gatehouse.explanation.Setting.ANSWER_REQUIRED_CLAIMS;
import static io.gatehouse.explanation.Setting.AUDIENCES;
import static io.gatehouse.explanation.Setting.AUDIENCE_CLAIM;
import static io.gatehouse.explanation.Setting.CLOCK_SKEW;
import static io.gatehouse.explanation.Setting.PRINCIPAL_CLAIMS;
import static io.gatehouse.explanation.Setting.REQUIRED_CLAIMS;
import static io.gatehouse.explanation.Setting.REQUIRED_SCOPES;
import static io.gatehouse.explanation.Setting.SCOPE_REQUIRED;
import static io.gatehouse.explanation.Setting.TOKEN_AGE;

import io.gatehouse.json.JsonNull;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Puts into words what is wrong with claims, under the policy that refused them. For one refusal. */
final class ClaimsWords {

    private final ClaimsSet claims;
    private final ClaimsPolicy policy;
    private final boolean answer;
    private final Instant now;
    private final Function<Setting, String> names;

    /**
     * For these claims.
     *
     * @param answer whether the claims are an introspection answer
     * @param names of the issuer's properties
     */
    ClaimsWords(ClaimsSet claims, ClaimsPolicy policy, boolean answer, Instant now, Function<Setting, String> names) {
        this.claims = claims;
        this.policy = policy;
        this.answer = answer;
        this.now = now;
        this.names = names;
    }

    /** Empty where the claims show nothing of that code. */
    Optional<Words> of(RefusalCode code) {
        return Optional.ofNullable(
                switch (code) {
                    case AUDIENCE -> audience();
                    case EXPIRED -> expired();
                    case EXPIRATION -> expiration();
                    case NOT_YET_VALID -> notYetValid();
                    case ISSUED_AT -> issuedAt();
                    case TOO_OLD -> tooOld();
                    case CLAIM_MISSING -> claimMissing();
                    case CLAIM_VALUE -> claimValue();
                    case TOKEN_SCOPE -> scope();
                    case CALLER_NAME -> callerName();
                    case CLAIM_MALFORMED -> malformed();
                    default -> null;
                });
    }

    private String whose(String what) {
        return answer ? what + " in the issuer's answer" : "the token's " + what;
    }

    private Words audience() {
        String claim = policy.audience().claim();
        List<String> audiences = claims.strings(claim);
        String accepted = policy.audience() instanceof AudienceRule.OneOf rule
                ? "accepted: " + Quoted.sorted(rule.accepted())
                : "any is accepted";
        String found = claims.value(claim).isEmpty() ? "missing" : Quoted.all(audiences);
        String claimName = claim.equals(AudienceRule.STANDARD_CLAIM) ? "audience" : "audience (\"" + claim + "\")";
        return new Words(whose(claimName) + " is " + found + "; " + accepted, audienceRemedy(claim, audiences));
    }

    private String audienceRemedy(String claim, List<String> audiences) {
        String property = names.apply(AUDIENCES);
        if (audiences.equals(List.of("account"))) {
            return "see " + property + "; this is Keycloak's default: give the client an audience mapper, or a role of"
                    + " this application";
        }
        if (claims.value(claim).isEmpty()) {
            return "see " + property + "; where the issuer names audiences in another claim, set "
                    + names.apply(AUDIENCE_CLAIM);
        }
        return "see " + property + ": if the token is meant for this application, add its audience there, else the"
                + " client has to ask for a token with an accepted one";
    }

    private Words expired() {
        Instant exp = claims.instant("exp").orElse(now);
        return new Words(
                whose("\"exp\"") + " is " + seconds(exp) + ", " + Span.of(Duration.between(exp, now)) + " ago"
                        + skew(policy.expirySkew()),
                "the client has to get a new token; if the clocks of the issuer and of this server differ, set them or"
                        + " see " + names.apply(CLOCK_SKEW));
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String skew(Duration skew) {
        return " (allowed clock skew: " + Span.of(skew) + ")";
    }

    private Words expiration() {
        String found = claims.value("exp").isEmpty() ? " is missing" : " is no time";
        return new Words(
                whose("\"exp\"") + found, "no property waives it: have the issuer put a time into every token");
    }

    private Words notYetValid() {
        Instant begin = claims.instant("nbf").orElse(now);
        Optional<Instant> exp = claims.instant("exp");
        if (exp.isPresent() && begin.isAfter(exp.get())) {
            return new Words(
                    whose("\"nbf\"") + " lies behind its \"exp\"", "the issuer makes it so: nothing to set here");
        }
        return new Words(
                whose("\"nbf\"") + " lies " + Span.of(Duration.between(now, begin)) + " ahead"
                        + skew(policy.startSkew()),
                clocks());
    }

    private String clocks() {
        return "compare the clocks of the issuer and of this server, and see " + names.apply(CLOCK_SKEW);
    }

    private Words issuedAt() {
        Optional<Instant> iat = claims.instant("iat");
        if (claims.value("iat").isEmpty()) {
            return new Words(whose("\"iat\"") + " is missing", "see " + names.apply(ALLOW_MISSING_IAT));
        }
        if (iat.isEmpty()) {
            return new Words(whose("\"iat\"") + " is no time", "the issuer makes it so: nothing to set here");
        }
        if (claims.instant("exp").filter(exp -> iat.get().isAfter(exp)).isPresent()) {
            return new Words(
                    whose("\"iat\"") + " lies behind its \"exp\"", "the issuer makes it so: nothing to set here");
        }
        return new Words(
                whose("\"iat\"") + " lies " + Span.of(Duration.between(now, iat.get())) + " ahead"
                        + skew(policy.startSkew()),
                clocks());
    }

    private Words tooOld() {
        Instant iat = claims.instant("iat").orElse(now);
        Duration most = policy.maximumAge() == null ? Duration.ZERO : policy.maximumAge();
        return new Words(
                (answer ? "by the issuer's answer, the token" : "the token") + " was issued "
                        + Span.of(Duration.between(iat, now)) + " ago; at most " + Span.of(most) + " are accepted",
                "the client has to get a new token, or see " + names.apply(TOKEN_AGE));
    }

    private String requiredClaimsProperty() {
        return names.apply(answer ? ANSWER_REQUIRED_CLAIMS : REQUIRED_CLAIMS);
    }

    private Words claimMissing() {
        Set<String> missing = new TreeSet<>();
        for (String name : policy.requiredClaims()) {
            if (claims.value(name).filter(value -> value != JsonNull.NULL).isEmpty()) {
                missing.add(name);
            }
        }
        return new Words(
                (answer ? "the issuer's answer" : "the token") + " lacks claims that are required: "
                        + Quoted.all(missing),
                "have the issuer add them, or see " + requiredClaimsProperty());
    }

    private Words claimValue() {
        List<String> wrong = new ArrayList<>();
        policy.requiredValues().forEach((name, accepted) -> {
            if (claims.strings(name).stream().noneMatch(accepted::contains)) {
                wrong.add(Quoted.of(name) + " is not one of " + Quoted.sorted(accepted));
            }
        });
        return new Words(
                whose("claim ") + String.join(", and ", wrong.stream().sorted().toList()),
                "see " + requiredClaimsProperty()
                        + ": if such tokens are to be accepted, add their value there; else the client has a token that is"
                        + " not for here");
    }

    private Words scope() {
        Set<String> missing = new TreeSet<>(policy.kinds().requiredScopes());
        missing.removeAll(claims.scopes());
        String application = "; tokens that applications get for themselves: " + names.apply(ALLOW_APPLICATION_TOKENS);
        return missing.isEmpty()
                ? new Words(
                        (answer ? "the issuer's answer" : "the token") + " has no scope at all",
                        "ID tokens have none and are no access tokens; see " + names.apply(SCOPE_REQUIRED)
                                + application)
                : new Words(
                        (answer ? "the issuer's answer" : "the token") + " lacks the scopes " + Quoted.all(missing),
                        "the client has to ask the issuer for them, or see " + names.apply(REQUIRED_SCOPES)
                                + application);
    }

    private Words callerName() {
        Optional<String> first = policy.callerNameClaims().stream()
                .filter(name -> claims.value(name).isPresent())
                .findFirst();
        String wrong = first.map(name ->
                        Quoted.of(name) + ", the claim that should, is blank, no text, or has control" + " characters")
                .orElseGet(() -> "it has none of the claims " + Quoted.all(policy.callerNameClaims()));
        return new Words(
                (answer ? "the issuer's answer" : "the token") + " does not name its caller: " + wrong,
                "see " + names.apply(answer ? ANSWER_PRINCIPAL_CLAIMS : PRINCIPAL_CLAIMS) + ": name a claim there that "
                        + (answer ? "its answers" : "the issuer's tokens") + " have");
    }

    private Words malformed() {
        boolean begin = claims.value("nbf").isPresent() && claims.instant("nbf").isEmpty();
        return new Words(
                whose(begin ? "\"nbf\"" : "\"scope\"") + (begin ? " is no time" : " is no text"),
                "the issuer makes it so: nothing to set here");
    }
}
