package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out who calls the resource of the request under way. Implementations are thread-safe. */
public interface CallerAuthentication {

    /**
     * Whoever it is.
     *
     * @param properties those of the request under way, by name: on most servers the attributes of the servlet request
     */
    ResourceCaller caller(Function<String, @Nullable Object> properties);

    /**
     * The refusal as the answer to the request under way: those who look after refusals have taken note of it.
     *
     * @param resource the method of the application that was asked for, for the log; null where it is not known
     */
    default Refusal noted(Refusal refusal, @Nullable String resource) {
        return refusal;
    }

    /** The refusal with the further ways of authentication that this request could have used. */
    Refusal offering(Refusal refusal);
}
