package io.gatehouse.outbound;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A grant that is the same each time: nothing but the token comes of it. Thread-safe. */
final class GrantSource implements RenewableToken.Source {

    private final Function<TokenRequest, TokenResult> grant;
    private final AuthorizerSettings settings;
    private final TokenChoice choice;
    private final ClientLog log;

    GrantSource(Function<TokenRequest, TokenResult> grant, AuthorizerSettings settings) {
        this.grant = grant;
        this.settings = settings;
        this.choice = TokenChoice.of(settings);
        this.log = new ClientLog(settings.name());
    }

    @Override
    public TokenResult fetch(@Nullable TokenResponse replaced) {
        TokenResult answer = grant.apply(settings.request());
        TokenResult chosen = choice.of(answer);
        if (answer instanceof TokenResult.Granted granted && chosen instanceof TokenResult.Granted) {
            log.tell(settings.onRefresh(), granted.response());
        }
        return chosen;
    }
}
