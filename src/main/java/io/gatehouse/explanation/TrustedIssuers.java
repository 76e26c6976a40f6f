package io.gatehouse.explanation;

import io.gatehouse.token.ClaimsSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an explanation needs to know of the configuration. Implementations are thread-safe and do no I/O. */
public interface TrustedIssuers {

    /** The issuer that a token with these claims names. */
    Optional<IssuerFacts> of(ClaimsSet claims);

    /** The issuer that is asked about tokens that name none. */
    Optional<IssuerFacts> ofOpaqueTokens();

    /** The only issuer there is. */
    Optional<IssuerFacts> only();

    /** What the issuers are called in {@code iss}, all of them. */
    List<String> identifiers();

    /** Characters of the longest token that is looked at. */
    int maximumTokenLength();

    /**
     * The name of the property that sets something, as whoever configured it would look for it.
     *
     * @param issuerName whose setting; null for the application's
     */
    String property(Setting setting, @Nullable String issuerName);
}
