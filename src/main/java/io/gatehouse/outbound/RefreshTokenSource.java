package io.gatehouse.outbound;

import io.gatehouse.outbound.TokenStorage.StoredTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code refresh_token} (RFC 6749 §6), where each answer may bring the refresh token for the next request and make the one
 * that was sent worthless.
 *
 * <p>The new one is kept, stored and told before anybody gets the access token. Another process may renew from the same
 * storage: what it left there is looked at before each request. Asked by one thread at a time; the next one sees what it
 * changed.
 */
final class RefreshTokenSource implements RenewableToken.Source {

    private final TokenClient client;
    private final AuthorizerSettings settings;
    private final TokenChoice choice;
    private final ClientLog log;
    private final Clock clock;
    private final String configured;
    private volatile String current;

    /** What is stored could not be replaced: it is older than what is known here, and worthless maybe. */
    private volatile boolean ahead;

    RefreshTokenSource(
            TokenClient client, String refreshToken, AuthorizerSettings settings, ClientLog log, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.choice = TokenChoice.of(settings);
        this.log = log;
        this.clock = clock;
        this.configured = refreshToken;
        this.current = refreshToken;
    }

    @Override
    public TokenResult fetch(@Nullable TokenResponse replaced) {
        Optional<TokenResponse> fromElsewhere = lookElsewhere(replaced);
        if (fromElsewhere.isPresent()) {
            return new TokenResult.Granted(fromElsewhere.get());
        }
        String sent = current;
        TokenResult result = refresh(sent);
        return isInvalidGrant(result) ? afterInvalidGrant(sent, replaced, result) : result;
    }

    /**
     * Somebody else may have used the refresh token up while our request was under way, and stored the next; or there is a new
     * one in the configuration, and what is stored is its dead predecessor. Each is tried once.
     */
    private TokenResult afterInvalidGrant(String sent, @Nullable TokenResponse replaced, TokenResult first) {
        Optional<TokenResponse> fromElsewhere = lookElsewhere(replaced);
        if (fromElsewhere.isPresent()) {
            return new TokenResult.Granted(fromElsewhere.get());
        }
        TokenResult result = first;
        String last = sent;
        if (!current.equals(last)) {
            last = current;
            result = refresh(last);
        }
        if (isInvalidGrant(result)) {
            forget(last);
            if (!configured.equals(sent) && !configured.equals(last)) {
                current = configured;
                result = refresh(configured);
            }
        }
        return result;
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

    private TokenResult refresh(String refreshToken) {
        TokenResult answer = client.refresh(refreshToken, settings.request());
        TokenResult chosen = choice.of(answer);
        if (answer instanceof TokenResult.Granted granted) {
            keep(granted.response(), chosen instanceof TokenResult.Granted one ? one.response() : null);
        }
        return chosen;
    }

    /** Also where none of the tokens is the one that was meant: the refresh token that was sent is gone all the same. */
    private void keep(TokenResponse answer, @Nullable TokenResponse chosen) {
        TokenResponse kept = chosen == null ? answer : chosen;
        if (kept.refreshToken() != null) {
            current = kept.refreshToken();
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
            return settings.storage().load(settings.name()).orElse(null);
        } catch (RuntimeException broken) {
            log.unreadable(broken);
            return null;
        }
    }

    private void store(StoredTokens tokens) {
        try {
            settings.storage().store(settings.name(), tokens);
            ahead = false;
        } catch (RuntimeException broken) {
            ahead = true;
            log.unwritable(broken);
        }
    }

    /** Unless somebody has stored another one meanwhile. */
    private void forget(String dead) {
        try {
            Optional<StoredTokens> stored = settings.storage().load(settings.name());
            if (stored.map(StoredTokens::refreshToken).filter(dead::equals).isPresent()) {
                settings.storage().remove(settings.name());
            }
        } catch (RuntimeException broken) {
            log.unwritable(broken);
        }
    }
}
