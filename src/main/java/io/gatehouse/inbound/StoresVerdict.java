package io.gatehouse.inbound;

import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the identity stores, taken together, think of a name and a password.
 *
 * @param accepted who it is; null where no store knows him
 * @param wrong whether a store says that it is wrong
 * @param outage after what time to ask again, where a store could not tell; else null
 */
record StoresVerdict(
        @Nullable CredentialValidationResult accepted,
        boolean wrong,
        @Nullable Duration outage) {

    static final StoresVerdict WRONG = new StoresVerdict(null, true, null);

    /** Puts the answer of all stores together with what our own left word of. */
    static StoresVerdict of(CredentialValidationResult result, AttemptPassword password) {
        if (result.getStatus() == CredentialValidationResult.Status.VALID) {
            boolean reserved =
                    ReservedNames.isCaller(result.getCallerPrincipal().getName());
            return reserved ? WRONG : new StoresVerdict(result, false, null);
        }
        boolean wrong = password.isWrong() || result.getStatus() == CredentialValidationResult.Status.INVALID;
        return new StoresVerdict(null, wrong, password.outage().orElse(null));
    }

    /** A store broke down; others may have spoken before. */
    static StoresVerdict brokenOff(AttemptPassword password, Duration pause) {
        return new StoresVerdict(null, password.isWrong(), pause);
    }
}
