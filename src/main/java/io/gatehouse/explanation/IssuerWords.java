package io.gatehouse.explanation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts into words whose token it is that is not trusted, and whether somebody has only misspelt him. For one refusal. */
final class IssuerWords {

    private static final String ENTRA_V1 = "https://sts.windows.net/";
    private static final String ENTRA_V2 = "https://login.microsoftonline.com/";

    private final RereadToken token;
    private final TrustedIssuers trusted;
    private final @Nullable IssuerFacts issuer;

    IssuerWords(RereadToken token, TrustedIssuers trusted, @Nullable IssuerFacts issuer) {
        this.token = token;
        this.trusted = trusted;
        this.issuer = issuer;
    }

    Words words() {
        String accepted = "trusted: " + Quoted.all(trusted.identifiers());
        Optional<String> named = token.issuer();
        if (named.isEmpty()) {
            return new Words(
                    (token.claims().isEmpty() ? "the issuer of the token is not trusted" : "the token names no issuer")
                            + "; " + accepted,
                    "see " + property());
        }
        return new Words("the token's issuer is " + Quoted.of(named.get()) + "; " + accepted, remedy(named.get()));
    }

    private String property() {
        IssuerFacts nearest = issuer == null ? trusted.only().orElse(null) : issuer;
        return trusted.property(Setting.ISSUER, nearest == null ? null : nearest.name());
    }

    private String remedy(String named) {
        List<String> identifiers = trusted.identifiers();
        for (String identifier : identifiers) {
            String difference = difference(named, identifier);
            if (!difference.isEmpty()) {
                return "see " + property() + ": it differs from " + Quoted.of(identifier) + " in " + difference
                        + " only, and has to be the same character by character";
            }
        }
        if (named.startsWith(ENTRA_V1) && identifiers.stream().anyMatch(each -> each.startsWith(ENTRA_V2))) {
            return "see " + property() + "; it is a token of version 1: set requestedAccessTokenVersion to 2 in the"
                    + " manifest of the application in Entra";
        }
        return "see " + property() + ": if this issuer is to be trusted, name it there, or beside the others as"
                + " gatehouse.issuers.<issuer>.issuer; else the client got its token from the wrong server";
    }

    private static String difference(String named, String identifier) {
        if (named.equals(identifier)) {
            return "";
        }
        if (withoutSlash(named).equals(withoutSlash(identifier))) {
            return "the slash at its end";
        }
        if (withoutScheme(named).equals(withoutScheme(identifier))) {
            return "http and https";
        }
        return named.toLowerCase(Locale.ROOT).equals(identifier.toLowerCase(Locale.ROOT))
                ? "capital and small letters"
                : "";
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String withoutScheme(String url) {
        return withoutSlash(url).replaceFirst("^https?://", "");
    }
}
