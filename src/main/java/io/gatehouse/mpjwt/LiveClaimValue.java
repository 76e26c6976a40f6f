package io.gatehouse.mpjwt;

import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.ClaimValue;
import org.jspecify.annotations.Nullable;

/** A claim of whoever calls when it is asked for, so that it can live longer than one request. */
final class LiveClaimValue implements ClaimValue<Object> {

    private final String name;
    private final Supplier<@Nullable Object> value;

    LiveClaimValue(String name, Supplier<@Nullable Object> value) {
        this.name = name;
        this.value = value;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable Object getValue() {
        return value.get();
    }

    /** The name only: claims are about a person. */
    @Override
    public String toString() {
        return "ClaimValue[" + name + "]";
    }
}
