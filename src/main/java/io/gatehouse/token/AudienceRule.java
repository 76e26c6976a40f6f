package io.gatehouse.token;

import java.util.List;
import java.util.Set;

/** Which {@code aud} claims (RFC 7519 §4.1.3) are meant for this application. */
public sealed interface AudienceRule {

    /** Whether one of the audiences of a token will do. */
    boolean accepts(List<String> audiences);

    /** One of the token's audiences has to be one of these, character by character. */
    record OneOf(Set<String> accepted) implements AudienceRule {
        public OneOf {
            accepted = Set.copyOf(accepted);
            if (accepted.isEmpty()) {
                throw new IllegalArgumentException("no audience");
            }
        }

        @Override
        public boolean accepts(List<String> audiences) {
            return audiences.stream().anyMatch(accepted::contains);
        }
    }

    /** The audience is not looked at: a token that the issuer made for another application is taken as well. */
    record Any() implements AudienceRule {
        @Override
        public boolean accepts(List<String> audiences) {
            return true;
        }
    }
}
