package io.gatehouse.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of some key files, ready to be looked up. Immutable. */
final class LocalKeySet implements VerificationKeys {

    private final KeySet all;
    private final KeySet named;

    LocalKeySet(Collection<KeyFileContent> files) {
        List<VerificationKey> everyKey = new ArrayList<>();
        List<VerificationKey> namedKeys = new ArrayList<>();
        for (KeyFileContent file : files) {
            everyKey.addAll(file.identified());
            everyKey.addAll(file.named());
            namedKeys.addAll(file.named());
        }
        this.all = new KeySet(everyKey);
        this.named = new KeySet(namedKeys);
    }

    int size() {
        return all.size();
    }

    /** A key without an id of its own answers for any id; where one of them has the token's id for a name, it alone. */
    @Override
    public KeyLookup lookup(@Nullable String kid) {
        KeyLookup exact = all.lookup(kid);
        return exact instanceof KeyLookup.NotFound ? named.lookup(null) : exact;
    }
}
