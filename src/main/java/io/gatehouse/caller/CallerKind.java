package io.gatehouse.caller;

import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ValidatedToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token says about the kind of its caller: by what is in it, never by what it lacks. */
enum CallerKind {
    /** The client got the token for itself. */
    CLIENT,
    /** The token tells of a person. */
    USER,
    /** It says neither. */
    UNKNOWN;

    /** What only persons have: OpenID Connect Core §5.1, RFC 7662 §2.2, and how they were authenticated. */
    private static final List<String> OF_PERSONS =
            List.of("name", "given_name", "family_name", "preferred_username", "username", "email", "auth_time", "amr");

    static CallerKind of(ValidatedToken token, @Nullable String clientId) {
        ClaimsSet claims = token.claims();
        if (saysClient(claims) || (clientId != null && isAbout(clientId, token))) {
            return CLIENT;
        }
        boolean person = "user".equals(claims.string("idtyp").orElse(null))
                || OF_PERSONS.stream().anyMatch(claim -> claims.value(claim).isPresent());
        return person ? USER : UNKNOWN;
    }

    /** Entra ID, Auth0. */
    private static boolean saysClient(ClaimsSet claims) {
        return claims.string("idtyp").filter("app"::equals).isPresent()
                || claims.string("gty").filter("client-credentials"::equals).isPresent();
    }

    /**
     * RFC 9068 §2.2: a client's own token has it as the subject. Keycloak makes a user of the name
     * {@code service-account-<client>} for it, Auth0 a subject {@code <client>@clients}; in Entra's first version it is an
     * object whose {@code sub} is its {@code oid}, where no scope tells of a user. An introspection answer with no subject
     * and no user can be about nobody else.
     */
    private static boolean isAbout(String clientId, ValidatedToken token) {
        ClaimsSet claims = token.claims();
        String subject = claims.string("sub").orElse(null);
        if (subject == null) {
            return token.introspected()
                    && claims.value("sub").isEmpty()
                    && claims.value("username").isEmpty();
        }
        String serviceAccount = "service-account-" + clientId;
        return subject.equals(clientId)
                || subject.equals(clientId + "@clients")
                || claims.string("preferred_username")
                        .filter(serviceAccount::equalsIgnoreCase)
                        .isPresent()
                || isOwnObject(subject, claims);
    }

    private static boolean isOwnObject(String subject, ClaimsSet claims) {
        return claims.string("oid").filter(subject::equals).isPresent()
                && claims.value("idtyp").isEmpty()
                && claims.scopes().isEmpty();
    }
}
