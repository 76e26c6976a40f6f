package io.gatehouse.outbound;

import io.gatehouse.outbound.TokenStorage.StoredTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code refresh_token} (RFC 6749 §6), where each answer may bring the refresh token for the next request and make the one
 * that was sent worthless.
 *
 * <p>The new one is kept, stored and told before anybody gets the access token. Another process may renew from the same
 * storage: what it left there is looked at before each request, and while a refusal rests. What is stored came of the
 * configured refresh token, which is spent then; so that one counts only as long as nothing is stored. Asked by one thread
 * at a time; the next one sees what it changed.
 */
final class RefreshTokenSource implements RenewableToken.Source {

    /** Between two looks at the storage while a refusal rests. */
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(1);

    private final TokenClient client;
    private final AuthorizerSettings settings;
    private final TokenChoice choice;
    private final ClientLog log;
    private final Clock clock;
    private final String namespace;
    private volatile String current;

    /** What is stored could not be replaced: it is older than what is known here, and worthless maybe. */
    private volatile boolean ahead;

    /** The refresh token that the server took last for none, until it took one again. */
    private volatile @Nullable String refused;

    private volatile Instant nextLook = Instant.MIN;

    RefreshTokenSource(
            TokenClient client, String refreshToken, AuthorizerSettings settings, ClientLog log, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.choice = TokenChoice.of(settings);
        this.log = log;
        this.clock = clock;
        this.namespace = settings.storageNamespace() == null
                ? StorageNamespace.of(settings.name(), refreshToken)
                : settings.storageNamespace();
        this.current = refreshToken;
    }

    @Override
    public TokenResult fetch(@Nullable TokenResponse replaced) {
        Optional<TokenResponse> fromElsewhere = lookElsewhere(replaced);
        if (fromElsewhere.isPresent()) {
            return new TokenResult.Granted(fromElsewhere.get());
        }
        Instant end = clock.instant().plus(settings.request().timeout().orElse(settings.timeout()));
        TokenResult result = refresh(current, settings.request());
        return isInvalidGrant(result) ? afterInvalidGrant(replaced, result, end) : result;
    }

    /** Somebody else may have used the refresh token up while our request was under way, and stored the next. */
    private TokenResult afterInvalidGrant(@Nullable TokenResponse replaced, TokenResult first, Instant end) {
        String sent = current;
        Optional<TokenResponse> fromElsewhere = lookElsewhere(replaced);
        if (fromElsewhere.isPresent()) {
            return new TokenResult.Granted(fromElsewhere.get());
        }
        Duration left = Duration.between(clock.instant(), end);
        return current.equals(sent) || left.isNegative() || left.isZero()
                ? first
                : refresh(current, settings.request().withTimeout(left));
    }

    /** Another process may have been quicker: a refresh token that was refused says nothing of its successor. */
    @Override
    public Optional<TokenResult> fetchWhilePaused(@Nullable TokenResponse replaced) {
        String dead = refused;
        if (dead == null || clock.instant().isBefore(nextLook)) {
            return Optional.empty();
        }
        nextLook = clock.instant().plus(LOOK_PAUSE);
        Optional<TokenResponse> fromElsewhere = lookElsewhere(replaced);
        if (fromElsewhere.isPresent()) {
            return Optional.of(new TokenResult.Granted(fromElsewhere.get()));
        }
        return current.equals(dead) ? Optional.empty() : Optional.of(refresh(current, settings.request()));
    }

    private static boolean isInvalidGrant(TokenResult result) {
        return result instanceof TokenResult.GrantRejected rejected && rejected.isInvalidGrant();
    }

    /** Takes over what is stored; an access token of there that is another one, and good for long enough, saves the request. */
    private Optional<TokenResponse> lookElsewhere(@Nullable TokenResponse replaced) {
        StoredTokens stored = ahead ? null : load();
        if (stored == null) {
            return Optional.empty();
        }
        if (stored.refreshToken() != null) {
            current = stored.refreshToken();
        }
        return usable(stored)
                .filter(found -> replaced == null || !found.accessToken().equals(replaced.accessToken()));
    }

    private Optional<TokenResponse> usable(StoredTokens stored) {
        String accessToken = stored.accessToken();
        Instant expiresAt = stored.expiresAt();
        if (accessToken == null || expiresAt == null || !BearerHeader.isToken(accessToken)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return new InitialToken(accessToken, expiresAt)
                .asResponse(now)
                .filter(found -> now.plus(Lifetime.RENEW_BEFORE_END).isBefore(expiresAt));
    }

    private TokenResult refresh(String refreshToken, TokenRequest request) {
        refused = null;
        TokenResult answer = client.refresh(refreshToken, request);
        refused = isInvalidGrant(answer) ? refreshToken : null;
        nextLook = clock.instant().plus(LOOK_PAUSE);
        TokenResult chosen = choice.of(answer);
        if (answer instanceof TokenResult.Granted granted) {
            keep(granted.response(), chosen instanceof TokenResult.Granted one ? one.response() : null);
        }
        return chosen;
    }

    /** Also where none of the tokens is the one that was meant: the refresh token that was sent is gone all the same. */
    private void keep(TokenResponse answer, @Nullable TokenResponse chosen) {
        TokenResponse kept = chosen == null ? answer : chosen;
        String next = kept.refreshToken() != null ? kept.refreshToken() : answer.refreshToken();
        if (next != null) {
            current = next;
        }
        store(new StoredTokens(
                kept.resourceServer(),
                kept.scopes(),
                chosen == null ? null : chosen.accessToken(),
                chosen == null || chosen.expiresIn() == null
                        ? null
                        : Lifetime.of(chosen, null).expiresAt(),
                current));
        log.tell(settings.onRefresh(), answer);
    }

    private @Nullable StoredTokens load() {
        try {
            return settings.storage().load(namespace).orElse(null);
        } catch (RuntimeException broken) {
            log.unreadable(broken);
            return null;
        }
    }

    private void store(StoredTokens tokens) {
        try {
            settings.storage().store(namespace, tokens);
            ahead = false;
        } catch (RuntimeException broken) {
            ahead = true;
            log.unwritable(broken);
        }
    }
}
