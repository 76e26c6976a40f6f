package io.gatehouse.authorization;

import io.gatehouse.refusal.BearerChallenge;
import java.util.List;

/** What the filters need of the application that they are in. Immutable. */
record Gate(CallerAuthentication authentication, BearerChallenge challenge, List<ResourceCheck> checks) {

    Gate {
        checks = List.copyOf(checks);
    }
}
