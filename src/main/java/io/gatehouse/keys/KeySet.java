package io.gatehouse.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys, ready to be looked up by key id. Immutable. */
final class KeySet implements VerificationKeys {

    private final Map<String, KeyLookup> byKid;
    private final KeyLookup withoutKid;
    private final KeyLookup any;
    private final int size;

    KeySet(List<VerificationKey> keys) {
        this.size = keys.size();
        this.any = answer(keys);
        this.withoutKid = answer(keys.stream().filter(key -> key.kid() == null).toList());
        this.byKid = index(keys);
    }

    private static Map<String, KeyLookup> index(List<VerificationKey> keys) {
        Map<String, List<VerificationKey>> grouped = new HashMap<>();
        for (VerificationKey key : keys) {
            String kid = key.kid();
            if (kid != null) {
                grouped.computeIfAbsent(kid, k -> new ArrayList<>()).add(key);
            }
        }
        Map<String, KeyLookup> index = new HashMap<>();
        grouped.forEach((kid, group) -> index.put(kid, answer(group)));
        return Map.copyOf(index);
    }

    private static KeyLookup answer(List<VerificationKey> keys) {
        return keys.isEmpty() ? new KeyLookup.NotFound() : new KeyLookup.Found(keys);
    }

    int size() {
        return size;
    }

    /** Whether a key has this very id. */
    boolean has(@Nullable String kid) {
        return kid != null && byKid.containsKey(kid);
    }

    /** Keys without an id (a PEM file) answer for any id: the token's id then names nothing that is known here. */
    @Override
    public KeyLookup lookup(@Nullable String kid) {
        return kid == null ? any : byKid.getOrDefault(kid, withoutKid);
    }
}
