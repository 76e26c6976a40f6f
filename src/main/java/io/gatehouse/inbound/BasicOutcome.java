package io.gatehouse.inbound;

import io.gatehouse.refusal.Refusal;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.function.Function;
import java.util.function.Supplier;

/** What came of looking for Basic credentials in a request. */
sealed interface BasicOutcome {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(
            Function<? super CredentialValidationResult, ? extends T> accepted,
            Supplier<? extends T> absent,
            Function<? super Refusal, ? extends T> refused);

    /** An identity store knows this caller. */
    record Accepted(CredentialValidationResult result) implements BasicOutcome {
        @Override
        public <T> T match(
                Function<? super CredentialValidationResult, ? extends T> accepted,
                Supplier<? extends T> absent,
                Function<? super Refusal, ? extends T> refused) {
            return accepted.apply(result);
        }
    }

    /** There are none, or they are none of our business. */
    record Absent() implements BasicOutcome {
        @Override
        public <T> T match(
                Function<? super CredentialValidationResult, ? extends T> accepted,
                Supplier<? extends T> absent,
                Function<? super Refusal, ? extends T> refused) {
            return absent.get();
        }
    }

    /** The caller has to be answered so. */
    record Refused(Refusal reply) implements BasicOutcome {
        @Override
        public <T> T match(
                Function<? super CredentialValidationResult, ? extends T> accepted,
                Supplier<? extends T> absent,
                Function<? super Refusal, ? extends T> refused) {
            return refused.apply(reply);
        }
    }
}
