package io.gatehouse.token;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server whose tokens are taken.
 *
 * @param name what the configuration calls it, for logs and for keeping things of several issuers apart
 * @param identifiers what its {@code iss} claim may be (RFC 7519 §4.1.1); empty for a server that is asked itself and
 *     whose name is not known: it then does not matter what it calls itself
 */
public record TrustedIssuer(String name, Set<IssuerIdentifier> identifiers) {
    public TrustedIssuer {
        Objects.requireNonNull(name);
        identifiers = Set.copyOf(identifiers);
    }

    /** An issuer with one exact identifier, or none. */
    public TrustedIssuer(String name, @Nullable String issuer) {
        this(name, issuer == null ? Set.of() : Set.of(IssuerIdentifier.exactly(issuer)));
    }

    boolean isNamedBy(ClaimsView claims) {
        for (IssuerIdentifier identifier : identifiers) {
            if (identifier.isNamedBy(claims)) {
                return true;
            }
        }
        return identifiers.isEmpty() && claims.get("iss") instanceof String;
    }

    /** Its identifiers, for a line in the log. */
    public String describe() {
        return identifiers.stream().map(IssuerIdentifier::text).sorted().collect(Collectors.joining(" "));
    }
}
