package io.gatehouse.config;

import io.gatehouse.outbound.TokenStorage;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The storage of the application, where it has one, and the configured one otherwise. Thread-safe. */
final class ApplicationTokenStorage implements TokenStorage {

    private final Supplier<Optional<TokenStorage>> ofApplication;
    private final TokenStorage configured;
    private volatile @Nullable TokenStorage chosen;

    /** @param ofApplication asked when a token is first stored or looked for: CDI is there by then */
    ApplicationTokenStorage(Supplier<Optional<TokenStorage>> ofApplication, TokenStorage configured) {
        this.ofApplication = ofApplication;
        this.configured = configured;
    }

    private TokenStorage chosen() {
        TokenStorage known = chosen;
        if (known == null) {
            known = ofApplication.get().orElse(configured);
            chosen = known;
        }
        return known;
    }

    @Override
    public Optional<StoredTokens> load(String namespace) {
        return chosen().load(namespace);
    }

    @Override
    public void store(String namespace, StoredTokens tokens) {
        chosen().store(namespace, tokens);
    }

    @Override
    public void remove(String namespace) {
        chosen().remove(namespace);
    }
}
