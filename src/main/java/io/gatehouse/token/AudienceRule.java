package io.gatehouse.token;

import java.util.List;
import java.util.Set;

/** Which audiences (RFC 7519 §4.1.3) are meant for this application. */
public sealed interface AudienceRule {

    /** The claim that the standard has for it. */
    String STANDARD_CLAIM = "aud";

    /** Whether one of the audiences of a token will do. */
    boolean accepts(List<String> audiences);

    /** The claim that names the audiences. */
    String claim();

    /**
     * One of the token's audiences has to be one of these, character by character.
     *
     * @param claim the claim that names the audiences: {@code aud}, or what a server has instead of it
     */
    record OneOf(Set<String> accepted, String claim) implements AudienceRule {
        public OneOf {
            accepted = Set.copyOf(accepted);
            if (accepted.isEmpty()) {
                throw new IllegalArgumentException("no audience");
            }
        }

        /** As the standard has it. */
        public OneOf(Set<String> accepted) {
            this(accepted, STANDARD_CLAIM);
        }

        @Override
        public boolean accepts(List<String> audiences) {
            for (String audience : audiences) {
                if (accepted.contains(audience)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The audience is not looked at: a token that the issuer made for another application is taken as well. */
    record Any() implements AudienceRule {
        @Override
        public boolean accepts(List<String> audiences) {
            return true;
        }

        @Override
        public String claim() {
            return STANDARD_CLAIM;
        }
    }
}
