package io.gatehouse.jwt;

import io.gatehouse.keys.VerificationKeys;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Finds the keys of an issuer. Implementations are thread-safe. */
@FunctionalInterface
public interface KeysOfIssuer {

    /**
     * The keys that sign for this issuer.
     *
     * @param issuer the {@code iss} of a token, which is trusted
     */
    VerificationKeys of(String issuer);

    /** The keys of all issuers that were asked for so far, and are kept: to see how they are doing. */
    default Collection<VerificationKeys> inUse() {
        return List.of();
    }

    /** The same keys, whatever the issuer calls itself. */
    static KeysOfIssuer always(VerificationKeys keys) {
        return new KeysOfIssuer() {
            @Override
            public VerificationKeys of(String issuer) {
                return keys;
            }

            @Override
            public Collection<VerificationKeys> inUse() {
                return List.of(keys);
            }
        };
    }

    /**
     * Keys for each issuer that a template takes, made when its first token comes. At most a thousand are kept, each until
     * nobody has asked for an hour; and whoever invents issuers brings two new ones a second into being at most, after the
     * first twenty.
     */
    static KeysOfIssuer each(Function<String, VerificationKeys> keys, Clock clock) {
        return new KeysOfTemplate(keys, clock);
    }
}
