package io.gatehouse.token;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds of tokens of an issuer are taken as access tokens: servers that sign all their tokens alike leave it to
 * the claims to tell them apart.
 *
 * @param scopeRequired whether a token has to carry a scope ({@code scope}, or {@code scp} as Entra and Okta call it):
 *     ID tokens carry none
 * @param requiredScopes scopes that a token has to carry, all of them
 * @param applicationsExempt whether a token that an application got for itself needs no scope. It has to say so itself;
 *     that it lacks a scope says nothing
 * @param idTokensAccepted whether ID tokens (OpenID Connect Core §2) are taken as access tokens
 */
public record KindRule(
        boolean scopeRequired, Set<String> requiredScopes, boolean applicationsExempt, boolean idTokensAccepted) {

    /** OpenID Connect Core §3.1.3.6, §3.3.2.11: hashes of what an ID token came with; nothing else has them. */
    private static final List<String> ID_TOKEN_CLAIMS = List.of("at_hash", "c_hash", "s_hash");

    /** Keycloak signs all its tokens with the same keys and the same header; a claim tells them apart. */
    private static final Set<String> OTHER_KINDS = Set.of("Refresh", "Offline", "Logout");

    public KindRule {
        requiredScopes = Set.copyOf(requiredScopes);
    }

    /** Access tokens, with or without scope. */
    public static KindRule accessTokens() {
        return new KindRule(false, Set.of(), false, false);
    }

    @Nullable InvalidTokenReason refusal(ClaimsView claims) {
        if (isOfAnotherKind(claims)) {
            return InvalidTokenReason.TYPE_NOT_ACCEPTED;
        }
        boolean scopeAskedFor = scopeRequired || !requiredScopes.isEmpty();
        if (!scopeAskedFor || (applicationsExempt && isOfApplication(claims))) {
            return null;
        }
        Set<String> scopes = claims.scopes();
        return !scopes.isEmpty() && scopes.containsAll(requiredScopes) ? null : InvalidTokenReason.SCOPE_MISSING;
    }

    private boolean isOfAnotherKind(ClaimsView claims) {
        Object typ = claims.get("typ");
        if (typ instanceof String text && OTHER_KINDS.contains(text)) {
            return true;
        }
        return !idTokensAccepted && ("ID".equals(typ) || hasClaimOfIdToken(claims));
    }

    private static boolean hasClaimOfIdToken(ClaimsView claims) {
        for (String name : ID_TOKEN_CLAIMS) {
            if (claims.get(name) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Entra says it ({@code idtyp}), or the caller is the application: its own object ({@code sub} is {@code oid}), and it
     * is named as the client. A token with a scope was issued for a user.
     */
    private static boolean isOfApplication(ClaimsView claims) {
        if (claims.get("scp") != null || claims.get("scope") != null) {
            return false;
        }
        boolean itself = claims.get("sub") instanceof String subject && subject.equals(claims.get("oid"));
        boolean client = claims.get("azp") instanceof String || claims.get("appid") instanceof String;
        return "app".equals(claims.get("idtyp")) || (claims.get("idtyp") == null && itself && client);
    }
}
