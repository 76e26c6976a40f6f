package io.gatehouse.keys;

import java.time.Duration;
import java.util.List;

/** The answer to "which key is meant?". */
public sealed interface KeyLookup {

    /** The keys that may be meant: one as a rule, several where a token has no {@code kid}. Not empty. */
    record Found(List<VerificationKey> keys) implements KeyLookup {
        public Found {
            keys = List.copyOf(keys);
        }
    }

    /** The issuer has no such key. */
    record NotFound() implements KeyLookup {}

    /** The issuer's keys are out of reach. */
    record Unavailable(Duration retryAfter) implements KeyLookup {}
}
