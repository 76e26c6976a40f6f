package io.gatehouse.inbound;

import io.gatehouse.caller.Caller;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who calls, as far as the request says. */
sealed interface AuthenticationOutcome {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(
            Function<? super Accepted, ? extends T> accepted,
            Supplier<? extends T> anonymous,
            Function<? super Refusal, ? extends T> refused);

    /**
     * The identity stores know this caller.
     *
     * @param token what he was let in by; null where that was a name and a password
     */
    record Accepted(
            CredentialValidationResult result, @Nullable ValidatedToken token) implements AuthenticationOutcome {

        /** The stores of the application have had their say about both: its own name for the caller, and further groups. */
        Caller caller() {
            String name = result.getCallerPrincipal().getName();
            return token == null
                    ? Caller.withoutToken(name, result.getCallerGroups())
                    : Caller.of(token, name, result.getCallerGroups());
        }

        @Override
        public <T> T match(
                Function<? super Accepted, ? extends T> accepted,
                Supplier<? extends T> anonymous,
                Function<? super Refusal, ? extends T> refused) {
            return accepted.apply(this);
        }
    }

    /** There is no credential that is meant for us. */
    record Anonymous() implements AuthenticationOutcome {
        @Override
        public <T> T match(
                Function<? super Accepted, ? extends T> accepted,
                Supplier<? extends T> anonymous,
                Function<? super Refusal, ? extends T> refused) {
            return anonymous.get();
        }
    }

    /** The caller has to be answered so. */
    record Refused(Refusal refusal) implements AuthenticationOutcome {
        @Override
        public <T> T match(
                Function<? super Accepted, ? extends T> accepted,
                Supplier<? extends T> anonymous,
                Function<? super Refusal, ? extends T> refused) {
            return refused.apply(refusal);
        }
    }
}
