package io.gatehouse.inbound;

import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.CallerPrincipal;
import java.util.Set;

/** Callers whom the identity stores know. */
final class AcceptedCallers {

    private AcceptedCallers() {}

    static AuthenticationOutcome.Accepted of(ValidatedToken token, String name, Set<String> groups) {
        return new AuthenticationOutcome.Accepted(new CallerPrincipal(name), groups, token, null);
    }

    static AuthenticationOutcome.Accepted withoutToken(String name, Set<String> groups) {
        return new AuthenticationOutcome.Accepted(new CallerPrincipal(name), groups, null, null);
    }
}
