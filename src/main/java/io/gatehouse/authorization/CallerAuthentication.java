package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;

/** Finds out who calls the resource of the request under way. Implementations are thread-safe. */
public interface CallerAuthentication {

    /** Whoever it is. */
    ResourceCaller caller();

    /** The refusal with the further ways of authentication that this request could have used. */
    Refusal offering(Refusal refusal);
}
