package io.gatehouse.mpjwt;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The token of whoever calls at the moment, asked for anew at each use; empty while there is none: then every method that
 * can answers null (MicroProfile JWT 2.1, "Injection of JsonWebToken").
 */
final class CurrentJsonWebToken implements JsonWebToken {

    private final Supplier<@Nullable JsonWebToken> caller;

    CurrentJsonWebToken(Supplier<@Nullable JsonWebToken> caller) {
        this.caller = caller;
    }

    @Override
    public @Nullable String getName() {
        return ask(JsonWebToken::getName);
    }

    @Override
    public @Nullable String getRawToken() {
        return ask(JsonWebToken::getRawToken);
    }

    @Override
    public @Nullable String getIssuer() {
        return ask(JsonWebToken::getIssuer);
    }

    @Override
    public @Nullable Set<String> getAudience() {
        return ask(JsonWebToken::getAudience);
    }

    @Override
    public @Nullable String getSubject() {
        return ask(JsonWebToken::getSubject);
    }

    @Override
    public @Nullable String getTokenID() {
        return ask(JsonWebToken::getTokenID);
    }

    /** Zero, long past, for the empty token: a long cannot be null. */
    @Override
    public long getExpirationTime() {
        Long expiration = ask(JsonWebToken::getExpirationTime);
        return expiration == null ? 0 : expiration;
    }

    /** Zero for the empty token. */
    @Override
    public long getIssuedAtTime() {
        Long issuedAt = ask(JsonWebToken::getIssuedAtTime);
        return issuedAt == null ? 0 : issuedAt;
    }

    @Override
    public @Nullable Set<String> getGroups() {
        return ask(JsonWebToken::getGroups);
    }

    @Override
    public @Nullable Set<String> getClaimNames() {
        return ask(JsonWebToken::getClaimNames);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // so does the interface
    public <T> @Nullable T getClaim(String claimName) {
        return ask(token -> token.<T>getClaim(claimName));
    }

    private <T> @Nullable T ask(Function<JsonWebToken, @Nullable T> question) {
        JsonWebToken token = caller.get();
        return token == null ? null : question.apply(token);
    }

    @Override
    public String toString() {
        return "CurrentJsonWebToken[" + (caller.get() == null ? "none" : "present") + "]";
    }
}
