package io.gatehouse.outbound;

import io.gatehouse.keys.SigningKey;
import java.util.List;
import java.util.Map;

/** The keys that we sign with: the newest signs, all are published. Implementations are thread-safe. */
public interface SigningKeys {

    /** The key that signs now; it has a {@code kid}. */
    SigningKey current();

    /** The public halves of all, as JWKs (RFC 7517 §4) with {@code kid}, {@code use} and {@code alg}: no private member. */
    List<Map<String, Object>> publicKeys();
}
