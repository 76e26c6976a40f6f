package io.gatehouse.config;

import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.ContextException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import java.util.function.Supplier;

/** The token of whoever's request is under way on this thread, as CDI knows it; empty where there is no request. */
final class CallersToken implements Supplier<Optional<ValidatedToken>> {

    @Override
    public Optional<ValidatedToken> get() {
        try {
            Instance<ValidatedToken> found = CDI.current().select(ValidatedToken.class);
            return found.isResolvable() ? Optional.ofNullable(found.get()) : Optional.empty();
        } catch (IllegalStateException | ContextException noRequest) {
            return Optional.empty();
        }
    }
}
