package io.gatehouse.outbound;

import io.gatehouse.keys.RotatingSigningKeys;
import io.gatehouse.keys.SigningKey;
import io.gatehouse.keys.SigningKeyFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The keys that we sign with: the newest signs, all are published. Implementations are thread-safe. */
public interface SigningKeys {

    /** The key that signs now; it has a {@code kid}. */
    SigningKey current();

    /** The public halves of all, as JWKs (RFC 7517 §4) with {@code kid}, {@code use} and {@code alg}: no private member. */
    List<Map<String, Object>> publicKeys();

    /**
     * The keys of local files, watched while they are used.
     *
     * @param maximumAge how long readers of the published keys may keep them: a new key signs when it was published for
     *     that long. Zero where they are not published, and then it signs at once
     */
    static SigningKeys of(SigningKeyFiles files, Duration maximumAge, Clock clock) {
        RotatingSigningKeys keys = RotatingSigningKeys.of(files, maximumAge, clock);
        return new SigningKeys() {
            @Override
            public SigningKey current() {
                return keys.current();
            }

            @Override
            public List<Map<String, Object>> publicKeys() {
                return keys.publicKeys();
            }

            @Override
            public String toString() {
                return keys.toString();
            }
        };
    }
}
