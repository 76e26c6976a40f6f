package io.gatehouse.authorization;

import io.gatehouse.refusal.BearerChallenge;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks CDI with the first request: while the application is deployed, nothing is there yet. Thread-safe. */
final class GateOfApplication implements Supplier<Gate> {

    private volatile @Nullable Gate known;

    @Override
    public Gate get() {
        Gate gate = known;
        if (gate == null) {
            CDI<Object> beans = CDI.current();
            gate = new Gate(
                    beans.select(CallerAuthentication.class).get(),
                    beans.select(BearerChallenge.class).get(),
                    beans.select(ResourceCheck.class, Any.Literal.INSTANCE).stream()
                            .toList());
            known = gate;
        }
        return gate;
    }
}
