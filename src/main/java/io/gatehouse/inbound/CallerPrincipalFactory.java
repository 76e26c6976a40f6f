package io.gatehouse.inbound;

import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.CallerPrincipal;

/** Makes the principal that application code sees of a validated token. Implementations are thread-safe. */
@FunctionalInterface
public interface CallerPrincipalFactory {

    CallerPrincipal callerPrincipal(ValidatedToken token);
}
