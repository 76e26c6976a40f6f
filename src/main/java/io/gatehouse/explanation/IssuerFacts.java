package io.gatehouse.explanation;

import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.TrustedIssuer;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an explanation needs to know of one issuer.
 *
 * @param issuer who it is
 * @param signed how its tokens are verified here; null where they are not
 * @param asked how it is asked; null where it is not
 */
public record IssuerFacts(
        TrustedIssuer issuer,
        @Nullable Signed signed,
        @Nullable Asked asked) {

    /** What the configuration calls it. */
    public String name() {
        return issuer.name();
    }

    /** How its signed tokens are verified. */
    public interface Signed {

        ClaimsPolicy claims();

        /** The types that are taken. */
        Set<String> types();

        /** The names of the algorithms on the allow-list; none where the keys say which. */
        Set<String> algorithms();

        /** Where its keys are and how they are doing, in words. No I/O. */
        String keys();
    }

    /** How it is asked about tokens. */
    public interface Asked {

        ClaimsPolicy claims();

        /** What it said of a token, if that is remembered. No I/O. */
        Optional<ClaimsSet> remembered(AccessToken token);

        /** Where it is asked and how that is going, in words. No I/O. */
        String endpoint();
    }
}
