package io.gatehouse.inbound;

import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.CallerPrincipal;
import java.util.Set;

/** Makes the principal that application code sees of a validated token. Implementations are thread-safe. */
@FunctionalInterface
public interface CallerPrincipalFactory {

    /** The principal of the caller whose token this is, and who has these groups. */
    CallerPrincipal callerPrincipal(ValidatedToken token, Set<String> groups);
}
