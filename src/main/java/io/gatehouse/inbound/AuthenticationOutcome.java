package io.gatehouse.inbound;

import io.gatehouse.caller.Caller;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.Set;
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
     * @param principal as the stores name him
     * @param groups what the stores say he is in
     * @param token what he was let in by; null where that was a name and a password
     * @param remembered the earlier login that this is taken from; null where the stores were asked
     */
    record Accepted(
            CallerPrincipal principal,
            Set<String> groups,
            @Nullable ValidatedToken token,
            @Nullable RememberedLogin remembered)
            implements AuthenticationOutcome {

        static Accepted of(CredentialValidationResult result, @Nullable ValidatedToken token) {
            Set<String> groups = result.getCallerGroups();
            return new Accepted(
                    result.getCallerPrincipal(),
                    Set.copyOf(token == null ? groups : token.shared(groups)),
                    token,
                    null);
        }

        Accepted takenFrom(RememberedLogin login) {
            return new Accepted(principal, groups, token, login);
        }

        /** The stores of the application have had their say about both: its own name for the caller, and further groups. */
        Caller caller() {
            return token == null
                    ? Caller.withoutToken(principal.getName(), groups)
                    : Caller.of(token, principal.getName(), groups);
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
