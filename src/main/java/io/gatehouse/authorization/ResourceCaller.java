package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who calls a resource. */
public sealed interface ResourceCaller {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(
            Function<? super Known, ? extends T> known,
            Supplier<? extends T> nobody,
            Supplier<? extends T> ofContainer,
            Function<? super Refusal, ? extends T> refused);

    /**
     * Somebody whom the container does not know.
     *
     * @param token what he was let in by; null where that was no token
     */
    record Known(
            Principal principal,
            Set<String> roles,
            @Nullable ValidatedToken token) implements ResourceCaller {
        public Known {
            roles = Set.copyOf(roles);
        }

        @Override
        public <T> T match(
                Function<? super Known, ? extends T> known,
                Supplier<? extends T> nobody,
                Supplier<? extends T> ofContainer,
                Function<? super Refusal, ? extends T> refused) {
            return known.apply(this);
        }
    }

    /** Nobody, whomever the container may take the caller for. */
    record Nobody() implements ResourceCaller {
        @Override
        public <T> T match(
                Function<? super Known, ? extends T> known,
                Supplier<? extends T> nobody,
                Supplier<? extends T> ofContainer,
                Function<? super Refusal, ? extends T> refused) {
            return nobody.get();
        }
    }

    /** Whom the container takes him for, which may be nobody. */
    record OfContainer() implements ResourceCaller {
        @Override
        public <T> T match(
                Function<? super Known, ? extends T> known,
                Supplier<? extends T> nobody,
                Supplier<? extends T> ofContainer,
                Function<? super Refusal, ? extends T> refused) {
            return ofContainer.get();
        }
    }

    /** Somebody who has to be answered so. */
    record Refused(Refusal refusal) implements ResourceCaller {
        @Override
        public <T> T match(
                Function<? super Known, ? extends T> known,
                Supplier<? extends T> nobody,
                Supplier<? extends T> ofContainer,
                Function<? super Refusal, ? extends T> refused) {
            return refused.apply(refusal);
        }
    }
}
